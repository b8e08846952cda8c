// The list, live: known rows are patched or fetched anew; new uploads are only counted,
// because a list must not move under the pointer.
import { Live } from "../frame/live.js";
import { count } from "../frame/numbers.js";
import { refetch, whenSignedOut } from "../frame/parts.js";
import { patch } from "../frame/patching.js";
import { word } from "../frame/words.js";
import { prepareSending } from "./sending.js";

const list = () => document.getElementById("uploads");
const fresh = new Set();

function tell(message) {
  const row = document.getElementById(`upload-${message.upload_id}`);
  if (!row) {
    countFresh(message);
    return;
  }
  if (message.sequence < Number(row.dataset.sequence)) return;
  row.dataset.sequence = message.sequence;
  patch(row, message);
  if (message.status !== row.dataset.status) refetch(`/uploads/${message.upload_id}/row/`, `#${row.id}`);
}

function countFresh(message) {
  if (message.type !== "upload.accepted") return;
  fresh.add(message.upload_id);
  const place = document.getElementById("fresh");
  place.hidden = false;
  place.firstElementChild.textContent =
    fresh.size === 1 ? word("one-new") : word("several-new", { count: count(fresh.size) });
}

const live = new Live({
  path: `/ws/v1/companies/${list().dataset.company}/`,
  tell,
  refresh: () => refetch(location.href, "#uploads"),
});
whenSignedOut(() => live.expire());
live.start();
prepareSending();
