// Word's lists are paragraphs with a sign in front and a style that tells their level.

/** Turns Word's list paragraphs into lists. */
export function wordLists(body, styleOf) {
  let open = [];
  for (const paragraph of [...body.querySelectorAll("p")]) {
    const level = /level(\d+)/.exec(styleOf(paragraph)["mso-list"] ?? "");
    if (!level) {
      if (paragraph.textContent.trim()) open = [];
      continue;
    }
    const depth = Math.min(Number(level[1]), open.length + 1);
    const sign = [...paragraph.querySelectorAll("span")].find((span) => styleOf(span)["mso-list"] === "ignore");
    const name = /^\s*(\d+|[a-z]{1,4})[.)]/i.test(sign?.textContent ?? "") ? "ol" : "ul";
    sign?.remove();
    open.length = Math.min(open.length, depth);
    if (open.length === depth && open[depth - 1].localName !== name) open.length = depth - 1;
    if (open.length < depth) {
      const list = body.ownerDocument.createElement(name);
      if (depth === 1) paragraph.before(list);
      else open[depth - 2].lastElementChild.append(list);
      open.push(list);
    }
    const item = body.ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    open[depth - 1].append(item);
    paragraph.remove();
  }
}
