// Copy an extract with its citation.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const said = document.getElementById("status");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    said.textContent = "Copied";
    const was = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = was), 1500);
  } catch {
    said.textContent = "The browser does not allow copying; select the words instead";
  }
});
