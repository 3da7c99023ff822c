// Buttons that copy the code above them; without https there is no clipboard, and the code is only selected.

for (const button of document.querySelectorAll(/** @type {"button"} */ ("button[data-copy]"))) {
  const code = /** @type {Element} */ (button.parentElement?.previousElementSibling);
  button.hidden = false;
  button.addEventListener("click", async () => {
    getSelection()?.selectAllChildren(code);
    const copying = navigator.clipboard?.writeText(code.textContent ?? "");
    const copied = await copying?.then(() => true).catch(() => false);
    if (copied) button.textContent = button.dataset.copied ?? "";
  });
}
