// The reader: pages come as they are scrolled to, evidence is shown where it stands, and keys work through suggestions.
(() => {
  const scroll = document.getElementById("pages");
  const panel = document.getElementById("panel");
  const pick = window.goldthreadPick;
  if (!scroll) return;
  const { review, doc, view } = scroll.dataset;
  const coming = new Map();

  const address = (number, at) => `/reviews/${review}/sheet?doc=${doc}&page=${number}${view === "page" ? "" : `&view=${view}`}${at ? `&at=${at}` : ""}`;

  const bring = (number, at = "", again = false) => {
    const there = scroll.querySelector(`[data-page="${number}"]`);
    if (there && !again && !at) return Promise.resolve(there);
    const key = `${number} ${at}`;
    if (!coming.has(key)) {
      coming.set(key, fetch(address(number, at), { headers: { "HX-Request": "true" } }).then((answer) => answer.text()).then((html) => {
        const made = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
        const old = scroll.querySelector(`[data-page="${number}"]`) || scroll.querySelector(`[data-blank="${number}"]`);
        old.replaceWith(made);
        coming.delete(key);
        pick.show();
        return made;
      }));
    }
    return coming.get(key);
  };

  const near = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting && one.target.isConnected) (near.unobserve(one.target), bring(one.target.dataset.blank));
  }, { root: scroll, rootMargin: "600px" });
  for (const blank of scroll.querySelectorAll("[data-blank]")) near.observe(blank);

  const go = async (number, start, end) => {
    const sheet = await bring(number, start < end ? `${start}-${end}` : "");
    pick.top(sheet);
    pick.reveal(sheet, start);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (link && (!link.dataset.goDoc || link.dataset.goDoc === doc) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const [number, start, end] = link.dataset.go.split(" ").map(Number);
      go(number, start, end);
      const item = link.closest("[data-item]");
      if (item) current(item);
      return;
    }
    const onward = event.target.closest("[data-move]");
    if (onward) return move(Number(onward.dataset.move));
    // A mark is clicked through the words that lie over it; where several overlap, each click goes on to the next.
    if (!scroll.contains(event.target) || !document.getSelection().isCollapsed) return;
    const here = marksAt(event.clientX, event.clientY);
    if (!here.length) return;
    const keys = here.map((one) => `${one.dataset.kind} ${one.dataset.key}`);
    turn = last === keys.join() ? (turn + 1) % here.length : 0;
    last = keys.join();
    openItem(here[turn].dataset.kind, here[turn].dataset.key);
    if (here.length > 1) document.getElementById("status").textContent = `${turn + 1} of ${here.length} marks on these words; click again for the next`;
  });
  let last = "", turn = 0;
  const marksAt = (x, y) => {
    const found = new Map();
    for (const one of document.elementsFromPoint(x, y)) {
      for (let mark = one.closest(".gt-mark, .gt-run"); mark; mark = mark.parentElement?.closest(".gt-mark, .gt-run")) {
        if (mark.dataset.kind !== "lit") found.set(`${mark.dataset.kind} ${mark.dataset.key}`, mark);
      }
    }
    return [...found.values()];
  };

  const tabs = { value: "case", episode: "coding", recommendation: "recommendations" };
  const openItem = async (kind, key) => {
    const id = `item-${kind}-${key}`;
    if (!document.getElementById(id)) {
      await htmx.ajax("GET", `/reviews/${review}/panel?tab=${tabs[kind]}`, { target: "#panel-body", swap: "outerHTML" });
    }
    const item = document.getElementById(id);
    if (item) current(item);
  };

  // Which item is worked on is remembered here: an answer of the server that comes late may bring the item anew.
  let chosen = "";
  const current = (item) => {
    chosen = item.id;
    for (const one of panel.querySelectorAll(".is-current")) one.classList.remove("is-current");
    item.classList.add("is-current");
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };

  const showWords = (item) => item.querySelector("[data-go]")?.click();

  const move = (way) => {
    const waiting = [...panel.querySelectorAll("[data-item].is-suggested")].filter((one) => one.offsetParent);
    if (!waiting.length) return;
    const now = chosen && document.getElementById(chosen);
    let next = waiting[way > 0 ? 0 : waiting.length - 1];
    if (now) {
      const after = waiting.filter((one) => now.compareDocumentPosition(one) & (way > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING));
      next = after.length ? after[way > 0 ? 0 : after.length - 1] : next;
    }
    current(next);
    showWords(next);
  };

  const act = (name) => panel.querySelector(`.is-current [data-act="${name}"]`)?.click();

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.getElementById("keys").open) {
      pick.clear();
      if (panel.contains(event.target)) scroll.focus();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || window.goldthreadSettings.get("plain-keys")) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
    const deeds = {
      j: () => pick.step(1, false), k: () => pick.step(-1, false), J: () => pick.step(1, true), K: () => pick.step(-1, true),
      n: () => move(1), p: () => move(-1), a: () => act("accept"), r: () => act("reject"), d: () => act("change"), v: () => act("see"), c: code,
    };
    if (deeds[event.key]) (event.preventDefault(), deeds[event.key]());
  });

  const code = async () => {
    const editing = panel.querySelector(".gt-edit[data-autofocus] input:not([type=hidden])");
    if (editing) return editing.focus();
    const name = panel.querySelector("#panel-body").dataset.tab === "recommendations" ? "new-recommendation" : "new-code";
    if (!document.getElementById(name)) await htmx.ajax("GET", `/reviews/${review}/panel?tab=coding`, { target: "#panel-body", swap: "outerHTML" });
    const form = document.getElementById(name);
    form.open = true;
    pick.fill();
    form.querySelector("input:not([type=hidden]), select").focus();
  };

  // After a change the next suggestion comes up, and the pages show what now stands.
  document.addEventListener("htmx:after:swap", () => {
    pick.fill();
    panel.querySelector("[data-autofocus] input:not([type=hidden]), [data-autofocus] select")?.focus();
    const same = chosen && document.getElementById(chosen);
    if (!same || same.matches(".is-current")) return;
    if (panel.querySelector("input:focus, textarea:focus, select:focus")) same.classList.add("is-current");
    else current(same);
  });
  document.addEventListener("marks-changed", () => {
    document.getElementById("status").textContent = "Saved";
    pick.clear();
    const frame = scroll.getBoundingClientRect();
    for (const sheet of scroll.querySelectorAll("[data-page]")) {
      const box = sheet.getBoundingClientRect();
      const visible = box.bottom > frame.top - 600 && box.top < frame.bottom + 600;
      if (visible) bring(sheet.dataset.page, "", true);
      else sheet.dataset.stale = "yes";
    }
  });
  const stale = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting && one.target.dataset.stale) bring(one.target.dataset.page, "", true);
  }, { root: scroll });
  new MutationObserver(() => scroll.querySelectorAll("[data-page]").forEach((one) => stale.observe(one))).observe(scroll, { childList: true });

  // Thumbnails are drawn only when somebody opens them, and then as they come into sight.
  const small = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting) (small.unobserve(one.target), (one.target.src = one.target.dataset.src));
  });
  document.addEventListener("toggle", ({ target }) => {
    if (target.matches?.(".gt-thumbs")) for (const one of target.querySelectorAll("[data-src]")) small.observe(one);
  }, true);

  // The first page shown is put where it was asked for; the address follows the page that is read.
  const [from, to] = scroll.dataset.at.split("-").map(Number);
  const first = scroll.querySelector("[data-page]");
  if (first) {
    pick.top(first);
    if (scroll.dataset.at) pick.reveal(first, from);
  }
  // The panel opens at what is said of the page that is read.
  const beside = [...panel.querySelectorAll("[data-item]")].find((one) => Number(one.querySelector("[data-go]")?.dataset.go.split(" ")[0]) >= Number(scroll.dataset.number));
  if (beside && Number(scroll.dataset.number) > 1 && !panel.querySelector("[data-autofocus]") && panel.scrollHeight > panel.clientHeight) {
    panel.scrollTop += beside.getBoundingClientRect().top - panel.getBoundingClientRect().top - 60;
  }
  let timer;
  scroll.addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const middle = scroll.getBoundingClientRect().top + scroll.clientHeight / 3;
      const shown = [...scroll.querySelectorAll("[data-page]")].findLast((one) => one.getBoundingClientRect().top < middle);
      if (!shown) return;
      const url = new URL(location.href);
      if (url.searchParams.get("page") === shown.dataset.page) return;
      url.searchParams.set("page", shown.dataset.page);
      url.searchParams.delete("at");
      history.replaceState(history.state, "", url);
    }, 250);
  }, { passive: true });
})();
