// One polite voice for the whole page. Failures speak at once; the rest at most one per
// eight seconds, the newest last, so that a screen reader is never talked over.
const QUIET_MS = 8000;
const region = document.getElementById("announcer");
let spokeAt = -QUIET_MS;
let waiting = 0;

export function announce(text) {
  clearTimeout(waiting);
  const rest = Math.max(0, spokeAt + QUIET_MS - performance.now());
  waiting = setTimeout(() => say(text), rest);
}

export function announceAtOnce(text) {
  clearTimeout(waiting);
  say(text);
}

function say(text) {
  spokeAt = performance.now();
  region.textContent = text;
}
