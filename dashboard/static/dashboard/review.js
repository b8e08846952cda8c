// The review of an upload: every change is sent and the page's own part comes back with what
// it means. One request at a time; an answer that is older than the last change is not shown.
import { announceAtOnce } from "../frame/announce.js";
import { whenSignedOut } from "../frame/parts.js";

const LOOK_AGAIN_MS = 500;
// Letters typed to find an option, and arrow keys, are one change and not many.
const PAUSE_MS = 250;
const form = () => document.getElementById("review");
let isBusy = false;
let isStale = false;
let waiting = 0;
let said = "";

function changed() {
  isStale = isBusy;
  clearTimeout(waiting);
  waiting = setTimeout(show, PAUSE_MS);
}

async function show() {
  if (isBusy) return;
  isBusy = true;
  isStale = false;
  try {
    await htmx.ajax("POST", form().getAttribute("action"), {
      source: form(), target: "#review", select: "#review", swap: "outerHTML", values: { do: "show" },
    });
  } finally {
    isBusy = false;
  }
  if (isStale) changed();
  else settle();
}

// What is missing is said once for each time it changes; a preview under way is asked for again.
function settle() {
  if (form().dataset.state === "looking") {
    setTimeout(show, LOOK_AGAIN_MS);
    return;
  }
  const words = document.getElementById("open").textContent.trim();
  if (words !== said && said) announceAtOnce(words);
  said = words;
}

document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (isStale) event.detail.shouldSwap = false;
});
document.addEventListener("change", (event) => {
  if (event.target.closest("#review") && event.target.dataset.shows !== undefined) changed();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("#review button[name=from]");
  if (!button) return;
  event.preventDefault();
  document.getElementById("columns-from").value = button.value;
  changed();
});
whenSignedOut(() => location.reload());
settle();
