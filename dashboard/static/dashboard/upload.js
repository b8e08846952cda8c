// One upload, live: numbers are patched in, a change of status or phase is fetched.
import { announce, announceAtOnce } from "../frame/announce.js";
import { Live } from "../frame/live.js";
import { count } from "../frame/numbers.js";
import { refetch, whenSignedOut } from "../frame/parts.js";
import { patch } from "../frame/patching.js";
import { word } from "../frame/words.js";

const STEPS = [25, 50, 75];
const root = () => document.getElementById("upload");
let ended = root().dataset.status;
let told = Number(root().querySelector("progress")?.value ?? 0);

function isUnfinished() {
  return root().dataset.unfinished === "true";
}

function tell(message) {
  const element = root();
  if (message.sequence < Number(element.dataset.sequence)) return;
  element.dataset.sequence = message.sequence;
  patch(element, message);
  speak(message);
  if (message.status !== element.dataset.status || message.phase !== element.dataset.phase) refresh();
}

function speak(message) {
  const { status, progress_percent: percent } = message;
  if (isEnding(status)) {
    speakEnding(status, count(message.rows_accepted), count(message.rows_rejected));
    return;
  }
  if (told === 0 && percent > 0) announce(word("announce-started"));
  const step = STEPS.findLast((one) => told < one && percent >= one);
  if (step) announce(word("announce-percent", { percent: step }));
  told = Math.max(told, percent);
}

function isEnding(status) {
  return !word(`ended-${status}`).startsWith("ended-");
}

// Told once, whether the end comes by message or with a page fetched for another reason.
function speakEnding(status, accepted, rejected) {
  if (status === ended) return;
  ended = status;
  announceAtOnce(word(`ended-${status}`, { accepted, rejected }));
}

async function refresh() {
  await refetch(location.href, "#upload");
  const { status } = root().dataset;
  if (isEnding(status)) speakEnding(status, shown("rows_accepted"), shown("rows_rejected"));
  if (!isUnfinished()) live.stop();
}

function shown(name) {
  return root().querySelector(`[data-live=${name}]`)?.textContent.trim() ?? "0";
}

const live = new Live({ path: `/ws/v1/uploads/${root().dataset.upload}/`, tell, refresh });
whenSignedOut(() => live.expire());
if (isUnfinished()) live.start();
