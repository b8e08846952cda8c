// Server-rendered parts of a page, fetched by htmx and swapped in. One fetch at a time for
// each target: what is asked for meanwhile is fetched once more afterwards.
const busy = new Map();

export async function refetch(url, target) {
  if (busy.has(target)) {
    busy.set(target, true);
    return;
  }
  busy.set(target, false);
  try {
    if (document.querySelector(target)) {
      await htmx.ajax("GET", url, { target, swap: "outerHTML", select: target });
    }
  } finally {
    const isWanted = busy.get(target);
    busy.delete(target);
    if (isWanted) await refetch(url, target);
  }
}

// Somebody who was signed out meanwhile gets the sign-in page: never swap that in.
export function whenSignedOut(act) {
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (!new URL(event.detail.xhr.responseURL).pathname.startsWith("/login/")) return;
    event.detail.shouldSwap = false;
    act();
  });
}
