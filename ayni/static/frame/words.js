// What scripts say, in the page's language: <span data-word="key"> in template#words.
const words = new Map();
for (const element of document.getElementById("words")?.content.querySelectorAll("[data-word]") ?? []) {
  words.set(element.dataset.word, element.textContent.trim());
}

// The text under a key, with {names} replaced by the facts.
export function word(key, facts = {}) {
  const text = words.get(key) ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
}
