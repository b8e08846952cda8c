// The page stays true by asking again: every part that changed is swapped, one at a time.
// Focus, scroll and pointer stay where they are; an outage greys what was known.
import { announceAtOnce } from "../frame/announce.js";
import { word } from "../frame/words.js";

const EVERY_MS = 3000;
// An answer that takes longer is one that will not come.
const PATIENCE_MS = 10_000;
const bar = document.getElementById("live");
const trouble = document.getElementById("trouble-text");
const parts = () => document.querySelectorAll("[data-part]");
const known = new Map([...parts()].map((part) => [part.id, part.outerHTML]));
let timer = 0;
let isPaused = false;
let isAsking = false;
let brokerAnsweredAt = "";

function address() {
  const refresh = document.querySelector("[data-refresh]")?.dataset.refresh;
  return refresh ? location.pathname + refresh : location.href;
}

async function ask() {
  clearTimeout(timer);
  if (isAsking || isPaused || document.hidden) return;
  isAsking = true;
  try {
    await htmx.ajax("GET", address(), { source: "#parts", handler: heard });
  } catch {
    stale();
  }
  isAsking = false;
  if (!isPaused && !isOver()) timer = setTimeout(ask, EVERY_MS);
}

function heard(_element, { xhr }) {
  if (isPaused) return;
  if (new URL(xhr.responseURL).pathname.startsWith("/login/")) {
    expire();
  } else if (xhr.status === 200) {
    swapChanged(xhr.responseText);
    fresh();
  } else {
    stale();
  }
}

function swapChanged(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const part of answer.querySelectorAll("[data-part]")) {
    if (known.get(part.id) === part.outerHTML) continue;
    known.set(part.id, part.outerHTML);
    const old = document.getElementById(part.id);
    if (old) swap(old, part);
  }
  rememberBroker();
}

function swap(old, part) {
  speak(old, part);
  const places = [...old.querySelectorAll("[tabindex][id]")].map((place) => [place.id, place.scrollTop, place.scrollLeft]);
  htmx.swap(old, part.outerHTML, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
  for (const [id, top, left] of places) document.getElementById(id)?.scrollTo(left, top);
}

// A job's new state is worth a word; the ticking of figures is not.
function speak(old, part) {
  const { state, stateName } = part.dataset;
  if (state && state !== old.dataset.state) announceAtOnce(word("job-now", { state: stateName }));
}

function rememberBroker() {
  const services = document.getElementById("services");
  if (services.hasAttribute("data-up")) {
    brokerAnsweredAt = document.querySelector("#at time").textContent;
  } else if (brokerAnsweredAt) {
    document.getElementById("services-at").textContent = brokerAnsweredAt;
    document.getElementById("services-since").hidden = false;
  }
}

function fresh() {
  if (!trouble.hidden) announceAtOnce(word("trouble-over"));
  trouble.hidden = true;
  delete document.body.dataset.stale;
  show("live");
  if (isOver()) bar.hidden = true;
}

function stale() {
  document.getElementById("trouble-at").textContent = document.querySelector("#at time").textContent;
  trouble.hidden = false;
  document.body.dataset.stale = "";
  show("reconnecting");
}

function expire() {
  isPaused = true;
  show("expired");
  document.getElementById("live-pause").hidden = true;
}

// Nothing more will happen to a job that has ended, unless somebody retries it.
function isOver() {
  return document.querySelector("[data-ended]") !== null;
}

function show(state) {
  bar.dataset.state = state;
  document.getElementById("live-text").textContent = word(state);
}

function toggle() {
  isPaused = !isPaused;
  const button = document.getElementById("live-pause");
  button.setAttribute("aria-pressed", String(isPaused));
  button.textContent = word(isPaused ? "resume" : "pause");
  show(isPaused ? "paused" : "connecting");
  ask();
}

htmx.config.timeout = PATIENCE_MS;
bar.hidden = isOver();
show("live");
rememberBroker();
document.getElementById("live-pause").addEventListener("click", toggle);
document.addEventListener("visibilitychange", ask);
addEventListener("online", ask);
if (!isOver()) timer = setTimeout(ask, EVERY_MS);
