// @ts-check
// An open page asks from time to time, while it is in sight, whether others changed it, and says so. It is shown on request:
// nothing moves under the eyes, and what is selected, open or being typed stays.
import { getMessage } from "./messages.js";

/** @returns {HTMLElement | null} */
const getRegion = () => document.getElementById("updates");
const FILTERS = "#tags-here, #readers-here";

/** The address to ask, with the filter of the page where something is switched off. @param {HTMLElement} region */
function buildAddress({ dataset: { address } }) {
  /** @type {NodeListOf<HTMLFormElement>} */
  const found = document.querySelectorAll(FILTERS);
  const forms = [...found];
  if (!forms.some((form) => form.querySelector("input[type=checkbox]:not(:checked)"))) return address;
  const pairs = forms.flatMap((form) => [...new FormData(form)]).map(([name, value]) => [name, String(value)]);
  return `${address}&${new URLSearchParams(pairs)}`;
}

let askedAt = Date.now();
let isAsking = false;

/** Ask what others changed. */
async function ask() {
  const region = getRegion();
  if (!region || region.dataset.ended || isAsking) return;
  isAsking = true;
  askedAt = Date.now();
  try {
    const response = await fetch(buildAddress(region), { headers: { "if-none-match": region.dataset.state, "hx-request": "true" } });
    await tell(region, response);
  } catch {
    // Without an answer there is nothing to say: the next may come.
  } finally {
    isAsking = false;
  }
}

/** Say what the answer says, unless that was said before. @param {HTMLElement} region @param {Response} response */
async function tell(region, response) {
  if (response.redirected || [401, 403, 404].includes(response.status)) return end(region);
  if (response.status !== 200) return;
  const html = (await response.text()).trim();
  const says = /<span>.*?<\/span>/s.exec(html)?.[0] ?? "";
  region.dataset.state = response.headers.get("ETag") ?? "";
  if (says === (region.dataset.said ?? "")) return;
  region.dataset.said = says;
  region.innerHTML = html;
  htmx.process(region);
}

/** Say that the page is not updated any more. @param {HTMLElement} region */
function end(region) {
  region.dataset.ended = "yes";
  region.innerHTML = '<div class="toast quiet"><span></span> <a></a></div>';
  region.querySelector("span").textContent = getMessage("ended");
  const link = region.querySelector("a");
  [link.href, link.textContent] = [location.pathname + location.search, getMessage("reload")];
}

function askWhenDue() {
  const seconds = Number(getRegion()?.dataset.seconds);
  if (seconds && !document.hidden && Date.now() - askedAt >= seconds * 1000) ask();
}

setInterval(askWhenDue, 1000);
document.addEventListener("visibilitychange", askWhenDue);

document.addEventListener("click", ({ target }) => {
  if (target.closest("#updates [data-act=dismiss]")) getRegion().replaceChildren();
});
