"""What the scripts of static/js say, in the language of the page."""

import json

from django.utils.translation import get_language
from django.utils.translation import gettext as _

MODULE = "static/js/script-messages.js"
HEAD = "// @ts-check\n// What scripts say, in English. Made by `make messages` of newsreader/script_messages.py.\n"


def list_page_messages() -> dict[str, str] | None:
    """Return the messages that a page has to bring; None in English, the language that the scripts bring themselves."""
    is_english = (get_language() or "en").partition("-")[0] == "en"
    return None if is_english else list_script_messages()


def render_module() -> str:
    """Return the module with the messages in the active language."""
    return f"{HEAD}export const MESSAGES = {json.dumps(list_script_messages(), ensure_ascii=False, indent=2)};\n"


def list_script_messages() -> dict[str, str]:
    """Return each message by the name that a script has for it; what stands in braces, a script puts there."""
    return {
        "selected": _("Selected: {words}"),
        "selectedFromTo": _("Selected: {start} … {end}"),
        "caretOn": _(
            "Caret on. Arrows move, Shift selects, Control moves by word, Alt by sentence. "
            "Enter opens the tools, Escape leaves."
        ),
        "caretOff": _("Caret off."),
        "copied": _("Copied."),
        "notCopied": _("This browser does not let the page copy. The words are selected: copy them with your keys."),
        "blockLinkCopied": _("The link to ¶{number} is copied."),
        "blockLink": _("The link to ¶{number}: {address}"),
        "passageLinkCopied": _("The link to this passage is copied."),
        "place": _("¶{number} of {count}"),
        "unknownTag": _("No tag named “{name}”. Choose a tag, or add it to the codebook."),
        "unknownTagForCoder": _(
            "No tag named “{name}”. A curator of the project can add it. You can propose it in the codebook."
        ),
        "noTags": _("The tags could not be loaded. Try again in a moment, or highlight without a tag."),
        "addTag": _("Add “{name}” to the codebook"),
        "close": _("Close"),
        "ended": _(
            "This page is no longer updated: you are signed out, or you can no longer see it. "
            "What you typed is still here."
        ),
        "reload": _("Reload"),
        "noAnswer": _("No answer from the server. Nothing was lost here: try again in a moment."),
    }
