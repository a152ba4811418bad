// Reviews ticked in a list: how many they are, all shown at once, and the list is not asked for anew for a tick.
(() => {
  const ticks = () => [...document.querySelectorAll("[data-tick]")];
  const told = document.querySelector("[data-ticked]");
  const count = () => {
    const number = ticks().filter((one) => one.checked).length;
    if (told) told.textContent = number ? `(${number})` : "";
    document.getElementById("together")?.classList.toggle("has-ticks", number > 0);
  };
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-tick]")) return;
    event.stopPropagation();
    count();
  }, true);
  document.querySelector("[data-tick-all]")?.addEventListener("click", () => {
    const all = ticks();
    const on = all.some((one) => !one.checked);
    for (const one of all) one.checked = on;
    count();
  });
  document.addEventListener("htmx:after:swap", count);
  count();
})();
