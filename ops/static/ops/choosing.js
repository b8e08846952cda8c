// Several jobs at once. Ticks outlive the swaps of refresh.js; a job that is no longer
// listed is no longer ticked, so that nothing is done to what cannot be seen.
import { word } from "../frame/words.js";

const parts = document.getElementById("parts");
const bar = document.getElementById("chosen-bar");
const boxes = () => [...parts.querySelectorAll("input[name=job]")];
let ticked = new Set();

function remember() {
  ticked = new Set(boxes().filter((box) => box.checked).map((box) => box.value));
  show();
}

function restore() {
  for (const box of boxes()) box.checked = ticked.has(box.value);
  remember();
}

function tickAll(isTicked) {
  for (const box of boxes()) box.checked = isTicked;
  remember();
}

function show() {
  const count = ticked.size;
  bar.hidden = count === 0;
  document.getElementById("tick-all-line").hidden = boxes().length === 0;
  document.getElementById("chosen-count").textContent = word("chosen", { count });
  for (const title of document.querySelectorAll("[data-count-as]")) {
    title.textContent = word(title.dataset.countAs, { count });
  }
}

parts.addEventListener("change", remember);
document.getElementById("tick-all").addEventListener("click", () => tickAll(true));
document.getElementById("untick").addEventListener("click", () => {
  tickAll(false);
  document.getElementById("tick-all").focus();
});
new MutationObserver(restore).observe(parts, { childList: true });
// The way back through history may bring ticks along.
remember();
