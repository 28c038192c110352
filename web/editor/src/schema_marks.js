// Emphasis, links and what stands in the text as it is. Their order is the order in which they are nested.

export const marks = {
  link: {
    // `reference`: the label and the kind of `[text][label]`, or null.
    attrs: { href: {}, title: { default: null }, reference: { default: null } },
    inclusive: false,
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs: (dom) => ({ href: dom.getAttribute("href"), title: dom.getAttribute("title") }),
      },
    ],
    // The address goes nowhere here: a click places the cursor.
    toDOM: ({ attrs }) => ["a", { href: attrs.href, title: attrs.title, rel: "noopener noreferrer" }, 0],
  },

  strong: {
    parseDOM: [{ tag: "strong" }, { tag: "b" }, { style: "font-weight", getAttrs: isBold }],
    toDOM: () => ["strong", 0],
  },

  em: {
    parseDOM: [{ tag: "em" }, { tag: "i" }, { style: "font-style=italic" }],
    toDOM: () => ["em", 0],
  },

  strike: {
    parseDOM: [{ tag: "s" }, { tag: "del" }, { tag: "strike" }, { style: "text-decoration=line-through" }],
    toDOM: () => ["s", 0],
  },

  code: {
    code: true,
    parseDOM: [{ tag: "code" }, { tag: "kbd" }, { tag: "samp" }, { tag: "tt" }],
    toDOM: () => ["code", { spellcheck: "false" }, 0],
  },

  // HTML within a line: text in this CMS, and kept as it is written.
  raw: {
    inclusive: false,
    excludes: "code",
    parseDOM: [{ tag: "span[data-raw]" }],
    toDOM: () => ["span", { class: "raw", "data-raw": "", spellcheck: "false" }, 0],
  },
};

function isBold(weight) {
  return /^(bold(er)?|[6-9]\d\d)$/.test(weight) && null;
}
