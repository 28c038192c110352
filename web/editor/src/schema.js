// What a text can hold: the blocks and marks of the CMS's markdown (CommonMark, tables, footnotes, task lists,
// strikethrough). Whatever else a text has is a source block or raw text, which keep the markdown as it is.
//
// Every block has an `origin`: the number of the source block that it was parsed from. It says where its bytes are, and
// is not part of its meaning (see markdown/source.js).
import { Schema } from "prosemirror-model";
import { table, table_cell, table_header, table_row } from "./schema_table.js";
import { marks } from "./schema_marks.js";

const origin = { origin: { default: null } };

const nodes = {
  doc: { content: "block+" },

  paragraph: {
    group: "block",
    content: "inline*",
    attrs: origin,
    parseDOM: [{ tag: "p" }],
    toDOM: () => ["p", { dir: "auto" }, 0],
  },

  heading: {
    group: "block",
    content: "inline*",
    defining: true,
    attrs: { ...origin, level: { default: 2 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: (node) => [`h${node.attrs.level}`, { dir: "auto" }, 0],
  },

  blockquote: {
    group: "block",
    content: "block+",
    defining: true,
    attrs: origin,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", { dir: "auto" }, 0],
  },

  bullet_list: {
    group: "block",
    content: "list_item+",
    attrs: { ...origin, tight: { default: true }, marker: { default: "-" } },
    parseDOM: [{ tag: "ul" }],
    toDOM: (node) => ["ul", { class: node.attrs.tight ? "tight" : null }, 0],
  },

  ordered_list: {
    group: "block",
    content: "list_item+",
    attrs: { ...origin, tight: { default: true }, marker: { default: "." }, start: { default: 1 } },
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: listStart(dom) }) }],
    toDOM: (node) => ["ol", { class: node.attrs.tight ? "tight" : null, start: node.attrs.start }, 0],
  },

  list_item: {
    content: "block+",
    defining: true,
    // null: not a task.
    attrs: { checked: { default: null } },
    parseDOM: [{ tag: "li", getAttrs: (dom) => ({ checked: isChecked(dom) }) }],
    toDOM: ({ attrs }) => [
      "li",
      { dir: "auto", "data-checked": attrs.checked === null ? null : String(attrs.checked) },
      0,
    ],
  },

  code_block: {
    group: "block",
    content: "text*",
    marks: "",
    code: true,
    defining: true,
    // What stands behind the fence: the language, and perhaps more.
    attrs: { ...origin, info: { default: "" } },
    parseDOM: [{ tag: "pre", preserveWhitespace: "full", getAttrs: (dom) => ({ info: languageOf(dom) }) }],
    toDOM: (node) => ["pre", { dir: "ltr", "data-info": node.attrs.info || null }, ["code", 0]],
  },

  source_block: {
    group: "block",
    content: "text*",
    marks: "",
    code: true,
    defining: true,
    attrs: origin,
    parseDOM: [{ tag: "pre[data-source]", preserveWhitespace: "full", priority: 60 }],
    toDOM: () => ["pre", { dir: "ltr", "data-source": "" }, ["code", 0]],
  },

  horizontal_rule: {
    group: "block",
    attrs: origin,
    parseDOM: [{ tag: "hr" }],
    toDOM: () => ["hr"],
  },

  table,
  table_row,
  table_header,
  table_cell,

  text: { group: "inline" },

  image: {
    group: "inline",
    inline: true,
    draggable: true,
    // `reference`: the label and the kind of `![alt][label]`, or null.
    attrs: { src: {}, alt: { default: "" }, title: { default: null }, reference: { default: null } },
    parseDOM: [
      {
        tag: "img[src]",
        getAttrs: (dom) => ({
          src: dom.getAttribute("data-src") ?? dom.getAttribute("src"),
          alt: dom.getAttribute("alt") ?? "",
          title: dom.getAttribute("title"),
        }),
      },
    ],
    toDOM: ({ attrs }) => ["img", { src: attrs.src, alt: attrs.alt, title: attrs.title }],
  },

  hard_break: {
    group: "inline",
    inline: true,
    selectable: false,
    linebreakReplacement: true,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
    leafText: () => "\n",
  },

  footnote_reference: {
    group: "inline",
    inline: true,
    attrs: { label: {} },
    parseDOM: [{ tag: "sup[data-footnote]", priority: 60, getAttrs: (dom) => ({ label: dom.dataset.footnote }) }],
    toDOM: ({ attrs }) => ["sup", { class: "footnote-reference", "data-footnote": attrs.label }, attrs.label],
    leafText: ({ attrs }) => `[^${attrs.label}]`,
  },
};

export const schema = new Schema({ nodes, marks });

function listStart(dom) {
  const start = Number.parseInt(dom.getAttribute("start") ?? "1", 10);
  return start >= 0 && start < 1e9 ? start : 1;
}

function isChecked(dom) {
  if (dom.hasAttribute("data-checked")) return dom.dataset.checked === "true";
  const box = dom.querySelector("input[type=checkbox]");
  return box && box.closest("li") === dom ? box.hasAttribute("checked") : null;
}

function languageOf(dom) {
  if (dom.hasAttribute("data-info")) return dom.dataset.info;
  const named = `${dom.className} ${dom.firstElementChild?.className ?? ""}`.match(
    /(?:language|lang|highlight-source)-([\w+#-]+)/,
  );
  return named ? named[1] : "";
}
