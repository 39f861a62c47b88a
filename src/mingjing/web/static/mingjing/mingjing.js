// Progressive enhancement only: every page works without this file. No framework, no inline code.
(() => {
  "use strict";
  const root = document.documentElement;
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;
  const words = (chinese, english) => (root.lang === "en" ? english : chinese);
  root.classList.add("js");

  // Keyboard ------------------------------------------------------------------------------------
  const rowLinks = () => all(".list tbody tr, .todo tr").map((row) => find("a, button", row)).filter(Boolean);

  const moveStop = (stops, step) => {
    const seen = stops.findIndex((stop) => stop.contains(document.activeElement));
    const below = stops.findIndex((stop) => stop.getBoundingClientRect().top > 90);
    const start = step > 0 ? (below < 0 ? stops.length - 1 : below) : (below < 0 ? stops.length - 1 : below - 1);
    const next = seen < 0 ? start : seen + step;
    const stop = stops[Math.min(stops.length - 1, Math.max(0, next))];
    stop.scrollIntoView({ block: "center" });
    stop.focus({ preventScroll: true });
  };

  const moveRow = (step) => {
    const stops = all("[data-step]");
    if (stops.length) return moveStop(stops, step);
    const links = rowLinks();
    if (!links.length) return;
    const row = document.activeElement.closest?.("tr");
    const now = links.findIndex((link) => link.closest("tr") === row);
    const next = now < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, now + step));
    links[next].focus();
  };

  const shortcuts = {
    "/": () => find("#search")?.focus(),
    j: () => moveRow(1),
    k: () => moveRow(-1),
    n: () => find("a[rel=next]")?.click(),
    h: () => find("a.brand")?.click(),
    "?": () => find("#shortcuts")?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const menu = find(".fold[open]");
    if (event.key === "Escape" && menu && !find("dialog[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
      return;
    }
    if (typing(event.target) || find("dialog[open]")) return;
    const act = shortcuts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // Clicks and changes --------------------------------------------------------------------------
  const copy = async (button) => {
    const before = button.textContent;
    const text = button.dataset.copy || location.href;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = words("已复制", "Copied");
    } catch {
      window.prompt(words("请按 Ctrl+C 复制：", "Press Ctrl+C to copy:"), text);
    }
    setTimeout(() => { button.textContent = before; }, 1600);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-opens], [data-print]");
    if (!button) return;
    if ("copy" in button.dataset) copy(button);
    if ("print" in button.dataset) window.print();
    if (button.dataset.opens) document.getElementById(button.dataset.opens)?.showModal();
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (!form) return;
    event.target.closest("label")?.classList.toggle("chosen", event.target.value !== "");
    form.requestSubmit();
  });

  document.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.confirm || event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  // Lists to choose from: all of the page at once, and how many are chosen ------------------------
  const made = (tag, traits) => Object.assign(document.createElement(tag), traits);
  const dress = (form) => {
    const boxes = all("td.pick input", form), head = find("th.pick", form);
    if (!head || find("input", head) || boxes.length < 2) return;
    const whole = made("input", { type: "checkbox", ariaLabel: words("全选本页", "All of this page") });
    const said = made("span", { className: "note", role: "status" });
    head.replaceChildren(whole);
    find(".buttons:last-child, .buttons", form)?.append(" ", said);
    form.addEventListener("change", (event) => {
      if (event.target === whole) for (const box of boxes) box.checked = whole.checked;
      whole.checked = boxes.every((box) => box.checked);
      const chosen = boxes.filter((box) => box.checked).length;
      said.textContent = words(`已选 ${chosen} 件`, `${chosen} chosen`);
    });
  };
  all("form[data-select]").forEach(dress);
  document.addEventListener("htmx:load", (event) => all("form[data-select]", event.target).forEach(dress));

  // An empty filter stays out of the address, so that a copied link reads well.
  document.addEventListener("formdata", (event) => {
    if (!event.target.matches("form[data-autosubmit]")) return;
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
})();
