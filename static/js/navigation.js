// @ts-check
// On a narrow screen the navigation scrolls sideways: the entry of this page is brought into sight.

const bar = document.querySelector(".nav");
const entry = bar?.querySelector("[aria-current]");

// In the first frame, when the browser computes the layout anyway.
if (bar && entry) requestAnimationFrame(showEntry);

function showEntry() {
  const [frame, box] = [bar.getBoundingClientRect(), entry.getBoundingClientRect()];
  if (box.left < frame.left || box.right > frame.right) {
    bar.scrollLeft += box.left - frame.left - (frame.width - box.width) / 2;
  }
}
