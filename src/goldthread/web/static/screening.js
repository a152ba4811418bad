// When the next review comes up, its title is read out and the top of it is shown.
document.addEventListener("htmx:after:swap", () => {
  const title = document.getElementById("screen-title");
  const screen = document.getElementById("screen");
  if (!title || screen.dataset.shown) return;
  screen.dataset.shown = "yes";
  title.focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
});
