// One socket for the page: back-off, pause, hidden tabs, and polling while it is down.
// What arrives is absolute state, so only the newest message of each upload counts; the
// page is told once a frame.
import { word } from "./words.js";

const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 30_000;
const POLL_MS = 10_000;
const PING_MS = 20_000;
// Two pings without any answer: the connection is dead although nobody said so.
const SILENCE_MS = 45_000;
// The server's words for "do not come back": sign in, not allowed, not there.
const EXPIRED = 4401;
const REFUSED = new Set([4403, 4404]);

export class Live {
  #path; #tell; #refresh;
  #socket = null; #timers = {}; #failures = 0; #heardAt = 0; #wasOpen = false;
  #isPaused = false; #isOver = false; #waiting = new Map(); #frame = 0;
  #element = document.getElementById("live");

  // tell(message): a fact to patch in. refresh(): read everything again by GET; called
  // after every gap and while there is no socket.
  constructor({ path, tell, refresh }) {
    this.#path = path;
    this.#tell = tell;
    this.#refresh = refresh;
  }

  start() {
    this.#element.hidden = false;
    document.getElementById("live-pause").addEventListener("click", () => this.#toggle());
    document.addEventListener("visibilitychange", () => this.#follow());
    addEventListener("online", () => this.#retryNow());
    this.#open();
  }

  // Nothing more will happen to what was watched.
  stop() {
    this.#isOver = true;
    this.#close();
    this.#element.hidden = true;
  }

  expire() {
    this.#isOver = true;
    this.#close();
    this.#show("expired");
  }

  #open() {
    this.#clear();
    if (this.#isOver || this.#isPaused || document.hidden) return;
    const origin = location.origin.replace(/^http/, "ws");
    const socket = new WebSocket(origin + this.#path, ["ayni.v1"]);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      // It was given up while it was being opened: then is when it may be closed.
      if (this.#socket === socket) this.#opened();
      else socket.close();
    });
    socket.addEventListener("message", (event) => {
      if (this.#socket === socket) this.#heard(event.data);
    });
    socket.addEventListener("close", (event) => {
      if (this.#socket === socket) this.#closed(event.code);
    });
  }

  #opened() {
    this.#heardAt = performance.now();
    this.#timers.ping = setInterval(() => this.#ping(), PING_MS);
  }

  #heard(text) {
    this.#heardAt = performance.now();
    const message = JSON.parse(text);
    if (message.type === "pong") return;
    if (message.type === "state") this.#live();
    if (!message.upload_id) return;
    this.#waiting.set(message.upload_id, message);
    this.#frame ||= requestAnimationFrame(() => this.#flush());
  }

  #live() {
    const hadGap = this.#wasOpen || this.#failures > 0;
    this.#failures = 0;
    this.#wasOpen = true;
    clearInterval(this.#timers.poll);
    this.#timers.poll = 0;
    this.#show("live");
    if (hadGap) this.#refresh();
  }

  #flush() {
    this.#frame = 0;
    const messages = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const message of messages) this.#tell(message);
  }

  #closed(code) {
    this.#socket = null;
    clearInterval(this.#timers.ping);
    if (this.#isOver || this.#isPaused) return;
    if (code === EXPIRED) {
      this.expire();
      return;
    }
    this.#failures += 1;
    this.#show(this.#failures > 1 ? "polling" : "reconnecting");
    if (this.#failures > 1) this.#timers.poll ||= setInterval(this.#refresh, POLL_MS);
    if (REFUSED.has(code)) return;
    const ceiling = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures);
    const delay = Math.max(FIRST_DELAY_MS, ceiling * (0.5 + Math.random() / 2));
    this.#timers.retry = setTimeout(() => this.#open(), delay);
  }

  #ping() {
    if (performance.now() - this.#heardAt > SILENCE_MS) {
      this.#socket?.close();
      return;
    }
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send('{"type":"ping"}');
  }

  #retryNow() {
    if (!this.#socket && !this.#isOver) this.#open();
  }

  #toggle() {
    this.#isPaused = !this.#isPaused;
    const button = document.getElementById("live-pause");
    button.setAttribute("aria-pressed", String(this.#isPaused));
    button.textContent = word(this.#isPaused ? "resume" : "pause");
    if (this.#isPaused) {
      this.#close();
      this.#show("paused");
    } else {
      this.#show("connecting");
      this.#open();
    }
  }

  #follow() {
    if (this.#isOver || this.#isPaused) return;
    if (document.hidden) this.#close();
    else this.#open();
  }

  #close() {
    const socket = this.#socket;
    this.#socket = null;
    this.#clear();
    // Browsers complain about a socket that is closed before it is open.
    if (socket?.readyState === WebSocket.OPEN) socket.close();
  }

  #clear() {
    clearTimeout(this.#timers.retry);
    clearInterval(this.#timers.ping);
    clearInterval(this.#timers.poll);
    this.#timers = {};
  }

  #show(state) {
    this.#element.dataset.state = state;
    document.getElementById("live-text").textContent = word(state);
  }
}
