// A click on a mark goes to its card; where several marks lie it offers the choice. On a narrow screen the cards come up in a sheet.
import { light } from "./lit.js";
import { NARROW, openSheet } from "./sheet.js";

const menu = () => document.getElementById("choice");

function choose(mark) {
  const ids = mark.dataset.highlights.split(" ");
  if (NARROW.matches) openSheet(ids, mark);
  else if (ids.length === 1) goTo(ids[0]);
  else offer(mark, ids);
}

function goTo(id) {
  menu().hidden = true;
  const card = document.getElementById(`card-${id}`);
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest" });
  light([id]);
}

function offer(mark, ids) {
  const rows = ids.map((id) => {
    const row = document.getElementById("choice-row").content.firstElementChild.cloneNode(true);
    row.dataset.highlight = id;
    const head = document.querySelector(`#card-${id} .card-head`);
    row.append(...[...(head?.querySelectorAll(".tag, .untagged") ?? [])].map(unlinked), ` ${head?.querySelector(".who")?.firstChild.data ?? ""}`);
    return row;
  });
  menu().replaceChildren(...rows);
  menu().hidden = false;
  const line = mark.getClientRects()[0];
  const frame = menu().parentElement.getBoundingClientRect();
  menu().style.setProperty("--top", `${line.bottom - frame.top + 8}px`);
  menu().style.setProperty("--left", `${Math.max(0, Math.min(line.left - frame.left, frame.width - menu().offsetWidth))}px`);
  rows[0].focus({ preventScroll: true });
}

function unlinked(tag) {
  const words = document.createElement("span");
  words.className = tag.className;
  words.textContent = tag.textContent;
  return words;
}

document.addEventListener("click", (event) => {
  const row = event.target.closest("#choice button");
  if (row) return goTo(row.dataset.highlight);
  if (menu() && !event.target.closest("#choice")) menu().hidden = true;
  const mark = event.target.closest("#text mark");
  if (mark && !event.target.closest("a") && getSelection().isCollapsed) choose(mark);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("#text mark")) choose(event.target);
  if (event.target.closest?.("#choice")) walk(event);
});

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") menu().hidden = true;
  if (!step) return;
  event.preventDefault();
  const rows = [...menu().children];
  rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length].focus();
}
