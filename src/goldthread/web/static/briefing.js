// Figures by name while writing: "{" opens a list that narrows as one types; arrows, Enter or Tab, and Escape.
(() => {
  const opened = /(?<!\{)(?:\{\{)*\{([^{}\n|]*)$/; // two braces are a brace, and open nothing
  for (const area of document.querySelectorAll("textarea[data-figures]")) {
    const form = area.closest("form"), menu = document.createElement("ul"), said = document.getElementById("status");
    menu.className = "gt-menu";
    menu.id = `${area.id}-menu`;
    menu.setAttribute("role", "listbox");
    menu.setAttribute("aria-label", "Figures");
    menu.tabIndex = 0; // it scrolls; Tab itself takes a figure and never comes here
    menu.hidden = true;
    area.after(menu);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", menu.id);
    let asked = 0, at = -1, taking = false; // taking: Enter was pressed before the list of what is now typed had come
    const options = () => [...menu.children];
    const close = () => {
      menu.hidden = true;
      at = -1;
      taking = false;
      area.removeAttribute("aria-activedescendant");
    };
    const pick = (index) => {
      const list = options();
      if (!list.length) return;
      list[at]?.setAttribute("aria-selected", "false");
      at = (index + list.length) % list.length;
      list[at].setAttribute("aria-selected", "true");
      list[at].scrollIntoView({ block: "nearest" });
      area.setAttribute("aria-activedescendant", list[at].id);
    };
    const begun = () => area.value.slice(0, area.selectionStart).match(opened);
    const look = async () => {
      const found = begun();
      if (!found) return close();
      const mine = ++asked;
      taking = false;
      menu.ariaBusy = "true";
      const query = new URLSearchParams(form.dataset.question.slice(1));
      query.set("find", found[1]);
      query.set("as", "options");
      const answer = await fetch(`/briefing/figures?${query}`);
      if (mine !== asked || !answer.ok || !begun()) return;
      const takeFirst = taking;
      menu.innerHTML = await answer.text();
      options().forEach((one, index) => (one.id = `${menu.id}-${index}`));
      menu.style.top = `${area.offsetTop + area.offsetHeight + 2}px`;
      menu.hidden = !menu.children.length;
      said.textContent = menu.children.length ? `${menu.children.length} figures; arrows choose, Enter takes` : "No figure is called that";
      at = -1;
      menu.ariaBusy = "false";
      if (!menu.children.length) return;
      pick(0);
      if (takeFirst) take(options()[0].dataset.name);
    };
    const put = (name, from, to) => {
      const table = name.endsWith(":"), words = table ? `{${name}` : `{${name}}`;
      area.setRangeText(words, from, to, "end");
      area.focus();
      area.dispatchEvent(new InputEvent("input", { bubbles: true }));
      if (table) look();
      else close();
    };
    const take = (name) => {
      const found = begun();
      if (!found) return close();
      let to = area.selectionStart;
      const rest = area.value.slice(to).match(/^[^{}\n]*\}/);
      if (rest) to += rest[0].length;
      put(name, area.selectionStart - found[1].length - 1, to);
    };
    area.addEventListener("input", look);
    area.addEventListener("blur", () => setTimeout(close, 150));
    area.addEventListener("keydown", (event) => {
      if (menu.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") pick(at + (event.key === "ArrowDown" ? 1 : -1));
      else if ((event.key === "Enter" || event.key === "Tab") && menu.ariaBusy === "true") taking = true;
      else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) take(options()[at].dataset.name);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    menu.addEventListener("pointerdown", (event) => {
      const one = event.target.closest("[data-name]");
      event.preventDefault();
      if (one) take(one.dataset.name);
    });
    // The list below the words: a figure goes to where the cursor stood.
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button[name='insert'], button[name='into'], button[name='look']");
      if (!button) return;
      event.preventDefault();
      const find = form.querySelector("[name='find']");
      if (button.name === "insert") put(button.value, area.selectionStart, area.selectionEnd);
      else {
        if (button.name === "into") find.value = button.value;
        find.dispatchEvent(new InputEvent("input", { bubbles: true }));
        find.focus();
      }
    });
  }
})();
