// A dialog for many rows: whoever opens it says what it is about.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-opens]");
  if (!button) return;
  const dialog = document.getElementById(button.dataset.opens);
  for (const place of dialog.querySelectorAll("[data-filled]")) {
    const value = button.getAttribute(`data-fill-${place.dataset.filled}`) ?? "";
    if (place instanceof HTMLInputElement) place.value = value;
    else place.textContent = value;
  }
}, { capture: true });
