// @ts-check
// What every page does.

import "./htmx-config.js";
import "./settings.js";
import "./site-shortcuts.js";
import "./menus.js";
import "./toasts.js";
import "./navigation.js";
