// What was copied from a web page, Word or Google Docs, as plain HTML: emphasis by elements, lists as lists, and no
// styles. The page's policy allows no inline styles, so that they are read from an attribute of another name.
import { wordLists } from "./word.js";

const STYLE = "data-style";
const KEPT = ["href", "title", "src", "alt", "start", "align", "checked", "type", "colspan", "data-checked"];
const DROPPED = "style, script, meta, link, title, template, noscript, object, iframe, svg, [hidden]";
const BLOCKS = "p, div, li, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, pre, br";

/** Clean HTML. What the editor itself copied is left as it is. */
export function clean(html) {
  const named = harmless(html);
  if (/data-pm-slice/.test(html)) return named;
  const { body } = new DOMParser().parseFromString(named, "text/html");
  body.querySelectorAll(DROPPED).forEach((element) => element.remove());
  wordLists(body, styleOf);
  for (const element of [...body.querySelectorAll("*")]) {
    // Word's own elements, such as o:p.
    if (element.localName.includes(":")) element.replaceWith(...element.childNodes);
    else emphasize(element);
  }
  // Google Docs wraps everything in a <b> that is not bold, with line breaks between its blocks.
  body.querySelectorAll("b, strong").forEach((element) => {
    if (styleOf(element)["font-weight"] === "normal" || element.querySelector("p, ul, ol, table, h1, h2, h3")) {
      element.replaceWith(...element.childNodes);
    }
  });
  for (const child of [...body.children])
    if (child.localName === "br" && body.querySelector("p, li, h1, h2")) child.remove();
  body.querySelectorAll("td, th").forEach(inOneLine);
  body.querySelectorAll("p").forEach((p) => p.textContent.trim() || p.querySelector("img, br") || p.remove());
  body.querySelectorAll("a, img").forEach(safeAddress);
  body.querySelectorAll("pre").forEach(endOfCode);
  for (const element of body.querySelectorAll("*")) {
    const language = element.localName === "pre" || element.localName === "code" ? element.className : "";
    for (const { name } of [...element.attributes]) if (!KEPT.includes(name)) element.removeAttribute(name);
    if (/lang|highlight-source/.test(language)) element.className = language;
  }
  return body.innerHTML;
}

/**
 * HTML that the page's policy has nothing to say about when it is parsed: it looks at styles and handlers even there.
 */
function harmless(html) {
  return html
    .replace(/<!--[^]*?-->/g, "")
    .replace(/<(style|script)\b[^]*?<\/\1\s*>/gi, "")
    .replace(/<[a-z][^>]*/gi, (tag) =>
      tag.replace(/([\s"'/])(style|on[a-z]+)(?=\s*=)/gi, (_, before, name) =>
        name.toLowerCase() === "style" ? `${before} ${STYLE}` : `${before} data-off`,
      ),
    );
}

/** The declarations of an element's style. */
export function styleOf(element) {
  const declarations = (element.getAttribute(STYLE) ?? "").split(";").map((text) => text.split(":"));
  return Object.fromEntries(
    declarations.map(([name, ...value]) => [name.trim().toLowerCase(), value.join(":").trim().toLowerCase()]),
  );
}

/** Styles that mean something, as elements. */
function emphasize(element) {
  if (/^(h[1-6]|pre|code|table|tr|t[dh])$/.test(element.localName)) return;
  const style = styleOf(element);
  const decoration = style["text-decoration"] ?? style["text-decoration-line"] ?? "";
  const names = [
    /^(bold|bolder|[6-9]\d\d)$/.test(style["font-weight"] ?? "") && !/^(b|strong)$/.test(element.localName) && "strong",
    /^italic|^oblique/.test(style["font-style"] ?? "") && !/^(i|em)$/.test(element.localName) && "em",
    decoration.includes("line-through") && "s",
  ].filter(Boolean);
  if (!names.length || !element.textContent.trim()) return;
  // Blocks stay outside of emphasis.
  const places = element.querySelector("p, li, h1, h2, h3, table") ? [] : [element];
  for (const place of places) {
    for (const name of names) {
      const wrapper = element.ownerDocument.createElement(name);
      wrapper.append(...place.childNodes);
      place.append(wrapper);
    }
  }
}

/** A cell is one line: what stood on lines of their own is parted by a blank. */
function inOneLine(cell) {
  for (const element of [...cell.querySelectorAll(BLOCKS)]) {
    element.replaceWith(...element.childNodes, element.ownerDocument.createTextNode(" "));
  }
}

/** The break that ends the last line of code is no line of its own. */
function endOfCode(pre) {
  let last = pre;
  while (last.lastChild) last = last.lastChild;
  if (last.nodeType === 3) last.data = last.data.replace(/\n$/, "");
}

const SAFE = /^(https?|mailto|tel|entry|media):/i;

/** The addresses that the CMS publishes; others are no links and no pictures. */
function safeAddress(element) {
  const name = element.localName === "img" ? "src" : "href";
  const address = (element.getAttribute(name) ?? "").trim();
  const isSafe = SAFE.test(address) || (address !== "" && !/^[a-z][a-z0-9+.-]*:/i.test(address));
  if (isSafe) return;
  if (name === "src") element.remove();
  else element.replaceWith(...element.childNodes);
}
