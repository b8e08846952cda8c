// Put the numbers of a message where [data-live="name"] stands inside an element.
import { count, duration } from "./numbers.js";

const WRITERS = { seconds_left: duration };

export function patch(element, message) {
  for (const place of element.querySelectorAll("[data-live]")) {
    const value = message[place.dataset.live];
    if (value === undefined) continue;
    if (place instanceof HTMLProgressElement) {
      if (value > place.value) place.value = value;
    } else {
      write(place, (WRITERS[place.dataset.live] ?? count)(value));
    }
  }
}

function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
