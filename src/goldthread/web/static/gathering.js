// Passages chosen stay chosen while somebody narrows the list or turns its pages, until they have gone into a finding.
(() => {
  const KEY = "goldthread.gathered";
  const read = () => new Set(JSON.parse(sessionStorage.getItem(KEY) || "[]"));
  const keep = (ids) => sessionStorage.setItem(KEY, JSON.stringify([...ids]));
  const boxes = () => [...document.querySelectorAll("[data-gather]")];

  const button = (text, press) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "gt-link", textContent: text });
    made.addEventListener("click", press);
    return made;
  };

  const tell = () => {
    const told = document.querySelector("[data-gather-count]");
    if (!told) return;
    const ids = read();
    const here = boxes().filter((one) => one.checked).length;
    const elsewhere = ids.size - here;
    told.textContent = ids.size
      ? `${ids.size} chosen${elsewhere ? `, ${elsewhere} of them not on this page` : ""}`
      : "Choose passages to make a finding of them.";
    const rest = boxes().filter((one) => !one.checked);
    if (rest.length) told.append(" ", button(`Choose all ${boxes().length} on this page`, () => {
      for (const one of rest) one.checked = true;
      keep(new Set([...ids, ...rest.map((one) => one.value)]));
      tell();
    }));
    if (!ids.size) return;
    told.append(" ", button("Let all go", () => {
      keep(new Set());
      for (const one of boxes()) one.checked = false;
      tell();
    }));
  };

  const show = () => {
    if (document.querySelector("[data-gathered]")) keep(new Set());
    const ids = read();
    for (const one of boxes()) one.checked = ids.has(one.value);
    tell();
  };

  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-gather]")) return;
    const ids = read();
    if (target.checked) ids.add(target.value);
    else ids.delete(target.value);
    keep(ids);
    tell();
  });

  document.addEventListener("submit", ({ target }) => {
    if (target.id !== "gather") return;
    const here = new Set(boxes().map((one) => one.value));
    for (const old of target.querySelectorAll("[data-elsewhere]")) old.remove();
    for (const id of read()) {
      if (here.has(id)) continue;
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "episode", value: id });
      field.dataset.elsewhere = "";
      target.append(field);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || window.goldthreadSettings.get("plain-keys")) return;
    if (!["j", "k"].includes(event.key) || event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    const all = boxes();
    if (!all.length) return;
    const now = all.indexOf(document.activeElement);
    const next = event.key === "j" ? Math.min(now + 1, all.length - 1) : Math.max(now - 1, 0);
    event.preventDefault();
    all[next].focus();
    all[next].closest("li").scrollIntoView({ block: "nearest" });
  });

  show();
  document.addEventListener("htmx:after:swap", show);
})();
