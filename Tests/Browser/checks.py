"""What is looked at on every page, in the browser."""

# What axe would say first: names for what can be used, headings in order, one main landmark, contrast of text.
CHECKS = r"""
() => {
  const found = [];
  const shown = (one) => one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
  const name = (one) => (one.getAttribute("aria-label") || (one.labels && one.labels[0] && one.labels[0].textContent)
    || (one.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent || "")
      .join("") || one.textContent || [...one.querySelectorAll("img[alt]")].map((image) => image.alt).join(" ")).trim();
  for (const one of document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), textarea, select"))
    if (!name(one)) found.push("no name: " + one.outerHTML.slice(0, 120));
  for (const one of document.querySelectorAll("img:not([alt]), svg[role=img]:not([aria-label])")) found.push("no alt");
  if (document.querySelectorAll("main").length !== 1) found.push("not one main");
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  if (!document.documentElement.lang) found.push("no language");
  let last = 0;
  for (const one of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const level = Number(one.tagName[1]);
    if (level > last + 1) found.push(`h${last} is followed by h${level}: ${one.textContent}`);
    last = level;
  }
  for (const one of document.querySelectorAll("th:not([scope])")) found.push("th without scope: " + one.textContent);
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) found.push("ids twice: " + twice.slice(0, 3));
  for (const one of document.querySelectorAll("[aria-labelledby], label[for]")) {
    const target = one.getAttribute("aria-labelledby") || one.getAttribute("for");
    if (!document.getElementById(target)) found.push("points nowhere: " + target);
  }
  const parse = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (one) => {
    for (let here = one; here; here = here.parentElement) {
      const colour = parse(getComputedStyle(here).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  let counted = 0;
  for (const one of document.querySelectorAll("body *")) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !shown(one) || one.closest(".hidden, script, style")) continue;
    const style = getComputedStyle(one);
    const ink = parse(one.namespaceURI.endsWith("svg") ? style.fill : style.color);
    if (ink.length > 3 && ink[3] < 1) continue;
    const [a, b] = [light(ink), light(ground(one))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    counted += 1;
    if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)}: ${one.className} ${one.textContent.trim().slice(0, 40)}`);
  }
  if (counted < 3) found.push("hardly any text was looked at: " + counted);
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
    found.push("wider than the window by " + (document.documentElement.scrollWidth - document.documentElement.clientWidth));
  if (document.querySelector("[style], script:not([src])")) found.push("inline style or script");
  if (window.owned) found.push("a script of a name ran");
  return [...new Set(found)].slice(0, 8);
}
"""
