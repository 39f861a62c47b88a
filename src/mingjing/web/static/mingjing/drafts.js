// Drafts: what was typed survives a crash, an expired log-in and a refused form. Without this file or without
// storage every form works, only without drafts.
(() => {
  "use strict";
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const words = (chinese, english) => (document.documentElement.lang === "en" ? english : chinese);
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

  // Heard after the question whether it is meant, which another script asks.
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && event.target.dataset.draft) keepUntilAccepted(event.target);
  });

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
