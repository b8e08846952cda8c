// Sending a file from the list: choose, drop anywhere or paste; a bar while it goes; the
// upload's page once the server has it. Every refusal is said in plain words.
import { announce } from "../frame/announce.js";
import { bytes, duration } from "../frame/numbers.js";
import { word } from "../frame/words.js";

// What a spreadsheet or an office saves by itself; anything else is for the server to judge.
const NOT_CSV = /\.(xls|xlsb|ods|numbers|pdf|docx?|png|jpe?g|heic)$/i;
const WORDS_OF_CODES = {
  upload_too_large: "problem-large",
  empty_upload: "problem-empty",
  permission_denied: "problem-denied",
  sign_in_needed: "problem-expired",
  invalid_token: "problem-expired",
  storage_unavailable: "problem-storage",
};
const WORDS_OF_STATUSES = { 401: "problem-expired", 403: "problem-denied", 413: "problem-large", 429: "problem-busy" };

const part = (id) => document.getElementById(id);
let request = null;
let chosen = null;
let startedAt = 0;

export function prepareSending() {
  const zone = part("drop");
  if (!zone) return;
  part("drop-choose").addEventListener("click", () => part("drop-file").click());
  part("drop-file").addEventListener("change", (event) => take(event.target.files));
  part("sending-cancel").addEventListener("click", () => request?.abort());
  part("sending-again").addEventListener("click", () => send({ force: true }));
  part("sending-retry").addEventListener("click", () => send({ force: false }));
  prepareDropping();
  document.addEventListener("paste", (event) => take(event.clipboardData.files));
  addEventListener("beforeunload", (event) => {
    if (request) event.preventDefault();
  });
}

function prepareDropping() {
  let depth = 0;
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const show = () => document.body.classList.toggle("dragging", depth > 0);
  document.addEventListener("dragenter", (event) => {
    if (carriesFiles(event)) depth += 1;
    show();
  });
  document.addEventListener("dragleave", (event) => {
    if (carriesFiles(event)) depth = Math.max(0, depth - 1);
    show();
  });
  document.addEventListener("dragover", (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    show();
    take(event.dataTransfer.files);
  });
}

function take(files) {
  if (!files.length || request) return;
  chosen = files[0];
  const limit = Number(part("drop").dataset.limitBytes);
  if (files.length > 1) refuse("problem-several");
  else if (chosen.size === 0) refuse("problem-empty");
  else if (NOT_CSV.test(chosen.name)) refuse("problem-kind");
  else if (chosen.size > limit) refuse("problem-large");
  else send({ force: false });
}

function send({ force }) {
  part("sending-problem").hidden = true;
  if (!navigator.onLine) {
    refuse("problem-offline", { canRetry: true });
    return;
  }
  const form = new FormData();
  if (force) form.append("force", "true");
  const { corrects } = part("drop").dataset;
  if (corrects) form.append("corrects", corrects);
  const sheet = part("drop-sheet").value.trim();
  if (sheet) form.append("sheet", sheet);
  form.append("file", chosen, chosen.name);
  request = new XMLHttpRequest();
  request.open("POST", part("drop").dataset.api);
  request.responseType = "json";
  request.setRequestHeader("X-CSRFToken", part("drop-form").elements.csrfmiddlewaretoken.value);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", showProgress);
  request.addEventListener("load", answered);
  request.addEventListener("error", () => ended("problem-offline"));
  request.addEventListener("abort", () => ended(null));
  showStart();
  request.send(form);
}

function showStart() {
  startedAt = performance.now();
  part("sending").hidden = false;
  part("sending-name").textContent = chosen.name;
  part("sending-numbers").textContent = "";
  part("sending-meter").value = 0;
  announce(word("sending-started", { name: chosen.name }));
}

function showProgress({ loaded, total }) {
  const seconds = (performance.now() - startedAt) / 1000;
  const speed = loaded / Math.max(seconds, 0.001);
  part("sending-meter").value = (100 * loaded) / total;
  part("sending-numbers").textContent =
    loaded === total
      ? word("sending-arrived")
      : word("sending-numbers", {
          sent: bytes(loaded), total: bytes(total), speed: bytes(speed), left: duration((total - loaded) / speed),
        });
}

function answered() {
  const { status, response } = request;
  if (status === 201) {
    request = null;
    location.assign(`/uploads/${response.id}/`);
    return;
  }
  if (response?.code === "duplicate_upload") {
    ended("problem-duplicate", { first: response.details, canForce: true });
    return;
  }
  const key = WORDS_OF_CODES[response?.code] ?? WORDS_OF_STATUSES[status] ?? "problem-other";
  ended(key, { code: response?.code ?? status, canRetry: status >= 500 || status === 429 });
}

function ended(key, facts = { canRetry: true }) {
  request = null;
  part("sending").hidden = true;
  part("drop-file").value = "";
  if (key) refuse(key, facts);
  else part("drop-choose").focus();
}

function refuse(key, { first = null, canForce = false, canRetry = false, code = "" } = {}) {
  part("sending-problem-text").textContent = word(key, {
    name: chosen.name, size: bytes(chosen.size), limit: bytes(Number(part("drop").dataset.limitBytes)),
    first: first?.original_name ?? "", code,
  });
  part("sending-first").hidden = !first?.upload_id;
  if (first?.upload_id) part("sending-first").href = `/uploads/${first.upload_id}/`;
  part("sending-again").hidden = !canForce;
  part("sending-retry").hidden = !canRetry;
  part("sending-problem").hidden = false;
  part("sending-problem").focus();
}
