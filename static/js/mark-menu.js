// A click on a mark goes to its card; where several lie it offers the choice. On a narrow screen the cards come up in a sheet.
import { light } from "./hover.js";
import { NARROW, openSheet } from "./bottom-sheet.js";

const menu = () => document.getElementById("choice");

function choose(mark, spot) {
  const ids = mark.dataset.highlights.split(" ").filter((id) => document.getElementById(`card-${id}`));
  if (NARROW.matches) openSheet(ids, mark);
  else if (ids.length > 1) offer(mark, ids, spot);
  else if (ids.length) goTo(ids[0]);
}

function goTo(id) {
  menu().hidden = true;
  const card = document.getElementById(`card-${id}`);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  light([id]);
}

function offer(mark, ids, spot) {
  const rows = ids.map(row);
  menu().replaceChildren(...rows);
  menu().dataset.by = ids.join(" ");
  menu().hidden = false;
  const lines = [...mark.getClientRects()];
  const line = lines.find(({ bottom }) => bottom > spot.clientY) ?? lines[0];
  const frame = menu().parentElement.getBoundingClientRect();
  menu().style.setProperty("--top", `${line.bottom - frame.top + 8}px`);
  menu().style.setProperty("--left", `${Math.max(0, Math.min((spot.clientX ?? line.left) - frame.left, frame.width - menu().offsetWidth))}px`);
  rows[0].focus({ preventScroll: true });
}

// One highlight by the names of its tags and its reader.
function row(id) {
  const made = document.getElementById("choice-row").content.firstElementChild.cloneNode(true);
  const head = document.querySelector(`#card-${id} .card-head`);
  made.dataset.highlight = id;
  made.append(...[...head.querySelectorAll(".tag, .untagged")].map(unlinked), head.querySelector(".who").firstChild.data);
  return made;
}

function unlinked(tag) {
  const words = document.createElement("span");
  words.className = tag.className;
  words.textContent = tag.textContent;
  return words;
}

function leave() {
  menu().hidden = true;
  document.querySelector(`#text mark[id][data-highlights="${menu().dataset.by}"]`)?.focus({ preventScroll: true });
}

const KEYS = { ArrowDown: (rows, here) => rows[(here + 1) % rows.length].focus(), ArrowUp: (rows, here) => rows.at(here - 1).focus(), Escape: leave };

document.addEventListener("click", (event) => {
  const picked = event.target.closest("#choice button");
  if (picked) return goTo(picked.dataset.highlight);
  if (menu()) menu().hidden = true;
  const mark = event.target.closest("#text mark");
  if (mark && !event.target.closest("a") && getSelection().isCollapsed) choose(mark, event);
});
document.addEventListener("keydown", (event) => {
  const rows = event.target.closest("#choice") && [...menu().children];
  if (rows && KEYS[event.key]) KEYS[event.key](rows, rows.indexOf(event.target));
  else if (event.key === "Enter" && event.target.matches("#text mark")) choose(event.target, {});
  else return;
  event.preventDefault();
});
