// The words picked on a page: by mouse, by touch, or sentence by sentence with the keyboard; always exact offsets.
window.goldthreadPick = (() => {
  const scroll = document.getElementById("pages");
  let pick = null;

  const place = (node, offset) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node.children[offset] || node.lastElementChild || node;
    const word = element?.closest?.("[data-o]") || element?.querySelector?.("[data-o]");
    const sheet = word?.closest("[data-page]");
    if (!sheet) return null;
    const inside = node.nodeType === Node.TEXT_NODE ? offset : 0;
    return { doc: sheet.dataset.doc, at: Number(sheet.dataset.offset) + Number(word.dataset.o) + inside };
  };

  // Beside the picture of a page its text may stand a second time; the words are read from the first.
  const wordsOf = (sheet) => (sheet.querySelector(".gt-words") || sheet).querySelectorAll("[data-o]");

  const textOf = (start, end) => {
    let words = "";
    for (const sheet of scroll.querySelectorAll("[data-page]")) {
      const base = Number(sheet.dataset.offset);
      for (const word of wordsOf(sheet)) {
        const from = base + Number(word.dataset.o);
        const to = from + word.textContent.length;
        if (from < end && to > start) words += word.textContent.slice(Math.max(0, start - from), end - from);
      }
    }
    return words.replace(/\s+/g, " ").trim();
  };

  const show = () => {
    for (const group of scroll.querySelectorAll(".gt-picks")) group.replaceChildren();
    for (const one of scroll.querySelectorAll(".is-picked")) one.classList.remove("is-picked");
    if (!pick) return;
    for (const sheet of scroll.querySelectorAll("[data-page]")) {
      const base = Number(sheet.dataset.offset);
      for (const word of sheet.querySelectorAll("[data-o]")) {
        const from = base + Number(word.dataset.o);
        const length = word.textContent.trimEnd().length;
        if (from >= pick.end || from + length <= pick.start) continue;
        if (word.namespaceURI.endsWith("svg")) {
          const first = Math.max(0, pick.start - from);
          const last = Math.min(length, pick.end - from) - 1;
          const a = word.getExtentOfChar(first), b = word.getExtentOfChar(Math.max(first, last));
          const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
          rect.setAttribute("x", a.x - 1);
          rect.setAttribute("y", a.y);
          rect.setAttribute("width", b.x + b.width - a.x + 2);
          rect.setAttribute("height", a.height);
          sheet.querySelector(".gt-picks").append(rect);
        } else word.classList.add("is-picked");
      }
    }
  };

  const fill = () => {
    for (const field of document.querySelectorAll("[data-pick]")) {
      if (field.dataset.pick === "words") {
        field.dataset.hint ??= field.textContent;
        field.textContent = pick ? `“${pick.words.slice(0, 300)}”` : field.dataset.hint;
        field.classList.toggle("is-filled", Boolean(pick));
      } else field.value = pick ? pick[field.dataset.pick] : "";
    }
    document.body.classList.toggle("has-pick", Boolean(pick));
  };

  const set = (doc, start, end) => {
    pick = start < end ? { doc, start, end, words: textOf(start, end) } : null;
    keep();
    show();
    fill();
  };
  const clear = () => ((pick = null), keep(), show(), fill());

  // Words picked are still picked after a reload.
  const kept = `goldthread.pick ${location.pathname} ${scroll?.dataset.doc}`;
  const keep = () => (pick ? sessionStorage.setItem(kept, JSON.stringify(pick)) : sessionStorage.removeItem(kept));
  const again = () => {
    pick = JSON.parse(sessionStorage.getItem(kept) || "null");
    if (pick) (show(), fill());
  };

  const fromSelection = () => {
    const chosen = document.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !scroll?.contains(chosen.anchorNode)) return;
    const range = chosen.getRangeAt(0);
    const from = place(range.startContainer, range.startOffset), to = place(range.endContainer, range.endOffset);
    if (from && to && from.doc === to.doc && from.at < to.at) set(from.doc, from.at, to.at);
  };
  scroll?.addEventListener("pointerup", () => setTimeout(fromSelection));
  scroll?.addEventListener("keyup", (event) => event.shiftKey && fromSelection());

  const sentences = (sheet) =>
    sheet.dataset.sentences.split(" ").filter(Boolean).map((one) => one.split("-").map((n) => Number(n) + Number(sheet.dataset.offset)));
  const all = () => [...scroll.querySelectorAll("[data-page]")].flatMap((sheet) => sentences(sheet).map((one) => [sheet, ...one]));

  // Step to the next sentence (1) or the one before (-1); when growing, the end of the pick moves instead.
  const step = (way, growing) => {
    const list = all();
    if (!list.length) return;
    let index;
    if (!pick) {
      const top = scroll.getBoundingClientRect().top;
      index = list.findIndex(([sheet]) => sheet.getBoundingClientRect().bottom > top + 40);
    } else if (growing) {
      const last = list.findLastIndex(([, start]) => start < pick.end);
      const [, , end] = list[Math.max(0, Math.min(list.length - 1, last + way))];
      if (end > pick.start) set(pick.doc, pick.start, end);
      return;
    } else if (way > 0) index = list.findIndex(([, start]) => start >= pick.end);
    else index = list.findLastIndex(([, , end]) => end <= pick.start);
    if (index < 0) return;
    const [sheet, start, end] = list[index];
    set(sheet.dataset.doc, start, end);
    reveal(sheet, start);
    document.getElementById("status").textContent = pick.words;
  };

  const reveal = (sheet, at) => {
    const base = Number(sheet.dataset.offset);
    const words = [...wordsOf(sheet)];
    const word = words.findLast((one) => base + Number(one.dataset.o) <= at) || words[0] || sheet;
    const box = word.getBoundingClientRect(), frame = scroll.getBoundingClientRect();
    if (box.top < frame.top + 60 || box.bottom > frame.bottom - 80) scroll.scrollBy({ top: box.top - frame.top - frame.height / 3 });
  };

  // Put a page at the top of what is seen; the window itself stays where it is.
  const top = (sheet) => (scroll.scrollTop += sheet.getBoundingClientRect().top - scroll.getBoundingClientRect().top - 8);

  again();
  return { top, get: () => pick, set, clear, step, reveal, show, fill };
})();
