// What is wrong with a page for somebody who listens to it or sees badly: a list of sentences.
() => {
  const wrong = [];
  const shown = (e) => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && e.getClientRects().length > 0;
  const short = (e) => e.outerHTML.slice(0, 100);

  if (!document.title.includes("明镜")) wrong.push("没有题目");
  if (document.documentElement.lang !== "zh-CN") wrong.push("没有语言");
  const headings = [...document.querySelectorAll("h1, h2, h3, h4")].filter(shown);
  if (headings.filter((h) => h.tagName === "H1").length !== 1) wrong.push("一级标题不是一个");
  headings.reduce((before, h) => {
    const level = Number(h.tagName[1]);
    if (level > before + 1 && !h.closest("aside")) wrong.push(`标题跳级：${h.textContent.trim()}`);
    return level;
  }, 0);

  for (const input of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    const named = input.labels?.length || input.getAttribute("aria-label") || input.getAttribute("aria-labelledby");
    if (!named) wrong.push(`没有标签：${short(input)}`);
  }
  for (const one of document.querySelectorAll("a[href], button")) {
    if (shown(one) && !one.textContent.trim() && !one.getAttribute("aria-label")) wrong.push(`没有名字：${short(one)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) wrong.push(`重复的 id：${id}`);

  const channels = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const [r, g, b, a = 1] = channels(getComputedStyle(at).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const said = new Set();
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e || e.closest("script, style, noscript, svg, option") || !shown(e)) continue;
    const [a, b] = [light(channels(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const key = `${e.tagName}.${e.className}`;
    if (ratio < 4.5 && !said.has(key)) {
      said.add(key);
      wrong.push(`对比度 ${ratio.toFixed(2)}：${key}“${walker.currentNode.data.trim().slice(0, 20)}”`);
    }
  }
  return wrong;
}
