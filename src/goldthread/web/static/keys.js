// Single keys: every element with data-key is pressed by its key, unless somebody is writing or has turned keys off.
(() => {
  const dialog = document.getElementById("keys");
  const settings = window.goldthreadSettings;
  const writing = (at) => at.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  const press = (key) => {
    const found = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((one) => one.offsetParent);
    if (!found) return false;
    found.focus();
    if (found.matches("a, button, summary")) found.click();
    return true;
  };

  // Where a page has no search box, the one of the reviews is gone to.
  const sought = "goldthread.sought";
  if (sessionStorage.getItem(sought)) document.querySelector("[type=search]")?.focus();
  sessionStorage.removeItem(sought);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || settings.get("plain-keys")) return;
    if (dialog.open || writing(event.target)) return;
    if (event.key === "?") return event.preventDefault(), dialog.showModal();
    if (event.key === "/") {
      const box = document.querySelector("[type=search]");
      event.preventDefault();
      if (box) return box.focus(), box.select();
      sessionStorage.setItem(sought, "yes");
      location.href = "/reviews";
      return;
    }
    if (event.key.length === 1 && !event.defaultPrevented && press(event.key)) event.preventDefault();
  });

  document.querySelector("[data-show-keys]").addEventListener("click", () => dialog.showModal());
  document.querySelector("[data-close-keys]").addEventListener("click", () => dialog.close());
  for (const one of document.querySelectorAll("[data-turn-on]")) one.addEventListener("click", () => settings.set(one.dataset.turnOn, "yes"));
  for (const one of document.querySelectorAll("[data-setting]")) {
    const name = one.dataset.setting;
    if (one.type === "checkbox") one.checked = Boolean(settings.get(name));
    else one.value = settings.get(name);
    one.addEventListener("change", () => settings.set(name, one.type === "checkbox" ? (one.checked ? "yes" : "") : one.value));
  }

  // Words somebody was writing come back after a reload, until they are sent.
  const drafts = (form) => `goldthread.draft ${location.pathname} ${form.dataset.draft}`;
  const fields = (form) => [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.tagName !== "BUTTON");
  const ticking = (one) => one.type === "checkbox" || one.type === "radio";
  const ticked = (one) => ticking(one) && one.checked;
  const keep = (form) => {
    const kept = { "": fields(form).filter(ticked).map((one) => `${one.name} ${one.value}`) };
    for (const one of fields(form)) if (!ticking(one)) kept[one.name] = one.value;
    sessionStorage.setItem(drafts(form), JSON.stringify(kept));
  };
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form[data-draft]");
    if (form) keep(form);
  });
  // A form that was saved leads on to another page. One that was refused does not, and its words are wanted again; what was
  // overtaken is carried by the page that says so. The link that opens the workbench leads on as well, but from nowhere.
  const sent = "goldthread.sent";
  const led = performance.getEntriesByType("navigation")[0]?.redirectCount && document.referrer.startsWith(location.origin);
  if (led || document.getElementById("overtaken")) sessionStorage.removeItem(sessionStorage.getItem(sent));
  sessionStorage.removeItem(sent);
  document.addEventListener("submit", ({ target }) => {
    if (!target.dataset.draft) return;
    if (target.method === "get" || target.hasAttribute("hx-post")) sessionStorage.removeItem(drafts(target));
    else sessionStorage.setItem(sent, drafts(target));
  });
  const restore = () => {
    for (const form of document.querySelectorAll("form[data-draft]")) {
      const kept = JSON.parse(sessionStorage.getItem(drafts(form)) || "null");
      if (!kept) continue;
      for (const one of fields(form)) {
        if (ticking(one)) one.checked = (kept[""] || []).includes(`${one.name} ${one.value}`);
        else if (one.name in kept) one.value = kept[one.name];
        if (ticking(one) ? one.checked : one.value) one.closest("details")?.setAttribute("open", "");
      }
      form.closest("details")?.setAttribute("open", "");
    }
  };
  restore();
  document.addEventListener("htmx:after:swap", restore);

  // Where no answer comes, or one of an earlier or a broken workbench, that is said over the page; what was written stays.
  const unsaved = document.createElement("p");
  unsaved.className = "gt-unsaved";
  unsaved.id = "unsaved";
  unsaved.setAttribute("role", "alert");
  document.body.append(unsaved);
  const notDone = (ctx, why) => {
    const form = ctx?.sourceElement?.closest("form[data-draft]");
    if (form) keep(form);
    unsaved.textContent = `Nothing was saved: ${why}`;
  };
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    if (ctx?.request && !ctx.response) notDone(ctx, "the workbench does not answer. See whether it still runs where it was started, then try again.");
  });
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx?.response?.status < 400) unsaved.textContent = "";
  });

  // What could not be saved is said in the form it was written in; what was written stays there.
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    const form = ctx.sourceElement.closest("form");
    if (ctx.response.status === 403 || ctx.response.status >= 500) {
      ctx.swap = "none";
      notDone(
        ctx,
        ctx.response.status === 403
          ? "the workbench was started again. Open the newest link shown where it runs in another tab, then load this page again."
          : "the workbench failed at this. Load this page again; where it runs, it says more.",
      );
      return;
    }
    const target = typeof ctx.target === "string" ? document.querySelector(ctx.target) : ctx.target;
    if (ctx.response.status !== 400 || !form || !target?.contains(form)) return;
    form.querySelector(":scope > .govuk-error-summary")?.remove();
    ctx.target = form;
    ctx.swap = "afterbegin";
    if (form.dataset.draft) keep(form);
  });

  // In a small window the names of the screens lie in one row; it begins where the page stands in it.
  const names = document.querySelector(".gt-nav"), here = names?.querySelector("[aria-current]");
  if (here && names.scrollWidth > names.clientWidth) {
    const row = names.getBoundingClientRect(), mine = here.getBoundingClientRect();
    names.scrollLeft += mine.left - row.left - (row.width - mine.width) / 2;
  }

  // In a small window lists come first, and what narrows them waits until it is asked for.
  if (matchMedia("(max-width: 52rem)").matches) {
    for (const one of document.querySelectorAll(".gt-facets__all, .gt-outline")) one.open = false;
  }

  // Files may be dropped anywhere on the form that takes them.
  for (const form of document.querySelectorAll("form[data-drop]")) {
    const input = form.querySelector("[type=file]");
    form.addEventListener("dragover", (event) => (event.preventDefault(), form.classList.add("is-over")));
    form.addEventListener("dragleave", () => form.classList.remove("is-over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("is-over");
      input.files = event.dataTransfer.files;
    });
  }
})();
