// One upload, live: numbers are patched in, a change of status or phase is fetched.
import { announce, announceAtOnce } from "../frame/announce.js";
import { Live } from "../frame/live.js";
import { count } from "../frame/numbers.js";
import { refetch, whenSignedOut } from "../frame/parts.js";
import { patch } from "../frame/patching.js";
import { word } from "../frame/words.js";

const STEPS = [25, 50, 75];
const root = () => document.getElementById("upload");
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
  const ending = word(`ended-${status}`, {
    accepted: count(message.rows_accepted),
    rejected: count(message.rows_rejected),
  });
  if (!ending.startsWith("ended-")) {
    if (status !== root().dataset.status) announceAtOnce(ending);
    return;
  }
  if (told === 0 && percent > 0) announce(word("announce-started"));
  const step = STEPS.findLast((one) => told < one && percent >= one);
  if (step) announce(word("announce-percent", { percent: step }));
  told = Math.max(told, percent);
}

async function refresh() {
  await refetch(location.href, "#upload");
  if (!isUnfinished()) live.stop();
}

const live = new Live({ path: `/ws/v1/uploads/${root().dataset.upload}/`, tell, refresh });
whenSignedOut(() => live.expire());
if (isUnfinished()) live.start();
