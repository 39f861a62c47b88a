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
    else if (event.target.dataset.draft) keepUntilAccepted(event.target);
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

  // Drafts: what was typed survives a crash, an expired log-in and a refused form ------------------
  const PREFIX = "mingjing-draft:";
  const kept = (form) => all("input, textarea, select", form).filter(
    (input) => input.name && !["password", "file", "hidden", "submit"].includes(input.type),
  );
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  const ticks = (input) => input.type === "checkbox" || input.type === "radio";

  // What was typed, as pairs of name and value: several rows of a form may carry the same name.
  const typed = (form) => kept(form).flatMap((input) => {
    if (ticks(input)) return input.checked ? [[input.name, input.value]] : [];
    if (input.multiple && input.options) return [...input.selectedOptions].map((one) => [input.name, one.value]);
    return [[input.name, input.value]];
  });
  const restore = (form, values) => {
    const left = new Map();
    for (const [name, value] of values) left.set(name, [...(left.get(name) ?? []), value]);
    for (const input of kept(form)) {
      const mine = left.get(input.name) ?? [];
      if (ticks(input)) input.checked = mine.includes(input.value);
      else if (input.multiple && input.options) for (const one of input.options) one.selected = mine.includes(one.value);
      else input.value = mine.shift() ?? input.value;
    }
  };

  const keyOf = (form) => PREFIX + (document.body.dataset.actor || "") + ":" + form.dataset.draft;
  // The draft goes when the next page says that it was accepted. A page that only shows no error may be the log-in,
  // a server that broke, or the same form asked for again.
  const keepUntilAccepted = (form) => { try { sessionStorage.setItem("mingjing-sent", keyOf(form)); } catch { /* no storage */ } };

  const guard = (form) => {
    const key = keyOf(form);
    const said = document.createElement("p");
    const forget = document.createElement("button");
    said.className = "draft";
    said.setAttribute("role", "status");
    forget.type = "button";
    forget.className = "quiet";
    forget.textContent = words("清除草稿", "Clear the draft");
    forget.addEventListener("click", () => { localStorage.removeItem(key); form.reset(); said.replaceChildren(); });
    form.append(said);

    const draft = read(key);
    // After a refusal the server sends back what was typed: that is newer than any draft, and said there.
    if (draft && !find("[aria-invalid]", form) && !find("[data-kept]")) {
      restore(form, draft.values);
      said.append(words(`已恢复您 ${draft.at} 没有提交的内容。`, `What you typed at ${draft.at} and did not send is back. `), forget);
    }
    form.addEventListener("input", () => {
      const at = new Date().toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" });
      localStorage.setItem(key, JSON.stringify({ at, values: typed(form) }));
      said.replaceChildren(words("草稿已存在本机。", "A draft is kept on this machine. "), forget);
    });
  };

  try {
    const sent = sessionStorage.getItem("mingjing-sent");
    sessionStorage.removeItem("mingjing-sent");
    if (sent && find("[data-accepted]")) localStorage.removeItem(sent);
    all("form[data-draft]").forEach(guard);
    all("form[data-logout]").forEach((form) => form.addEventListener("submit", () => {
      drafts().forEach((key) => localStorage.removeItem(key)); // a shared computer keeps nothing
    }));
  } catch {
    // Storage is switched off: the form works, only without drafts.
  }
})();
