// The frame's own behaviour: theme, menus, dialogs, copy buttons. Pages work without it.
import { announceAtOnce } from "./announce.js";
import { word } from "./words.js";

const root = document.documentElement;

function showTheme() {
  const chosen = root.dataset.theme ?? "auto";
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen));
  }
}

function chooseTheme(choice) {
  if (choice === "auto") delete root.dataset.theme;
  else root.dataset.theme = choice;
  try {
    if (choice === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", choice);
  } catch {
    // Storage is forbidden here: the choice lasts as long as the page.
  }
  showTheme();
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  const before = button.textContent;
  button.textContent = word("copied");
  announceAtOnce(word("copied"));
  setTimeout(() => { button.textContent = before; }, 1500);
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("button, summary, a") ?? event.target;
  closeMenus(event.target.closest("details.menu"));
  const { themeChoice, opens, closes, copy: text } = target.dataset ?? {};
  if (themeChoice) chooseTheme(themeChoice);
  if (opens) document.getElementById(opens)?.showModal();
  if (closes !== undefined) target.closest("dialog")?.close();
  if (text) copy(target);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.getElementById("theme").hidden = false;
showTheme();
document.querySelector("[data-focus-first]")?.focus();
