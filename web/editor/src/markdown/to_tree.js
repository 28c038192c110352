// Nodes of the editor as nodes of the syntax tree (mdast). Expects what normalize.js made of them.

/** The tree of a block. */
export function tree(node) {
  return blocks[node.type.name](node);
}

const flow = (node) => node.children.map(tree);

const blocks = {
  paragraph: (node) => ({ type: "paragraph", children: inline(node) }),
  heading: (node) => ({ type: "heading", depth: node.attrs.level, children: inline(node) }),
  blockquote: (node) => ({ type: "blockquote", children: flow(node) }),
  bullet_list: (node) => list(node, { ordered: false }),
  ordered_list: (node) => list(node, { ordered: true, start: node.attrs.start }),
  code_block(node) {
    const [, lang, meta] = /^(\S*)\s*([^]*)$/.exec(node.attrs.info);
    return { type: "code", lang: lang || null, meta: meta || null, value: node.textContent };
  },
  source_block: (node) => ({ type: "html", value: node.textContent }),
  horizontal_rule: () => ({ type: "thematicBreak" }),
  table: (node) => ({
    type: "table",
    align: node.firstChild.children.map((cell) => cell.attrs.align),
    children: node.children.map((row) => ({
      type: "tableRow",
      children: row.children.map((cell) => ({ type: "tableCell", children: inline(cell) })),
    })),
  }),
};

function list(node, kind) {
  const spread = !node.attrs.tight;
  const children = node.children.map((item) => {
    // An empty paragraph is how the editor shows an item without anything in it.
    const isEmpty = item.childCount === 1 && item.firstChild.type.name === "paragraph" && !item.firstChild.childCount;
    const empty = isEmpty && item.attrs.checked === null;
    return { type: "listItem", spread, checked: item.attrs.checked, children: empty ? [] : flow(item) };
  });
  return { type: "list", ...kind, spread, marker: node.attrs.marker, children };
}

function inline(node) {
  return nest(node.children.map((child) => ({ child, marks: child.marks.filter((mark) => !isLeaf(mark)) })));
}

const isLeaf = (mark) => mark.type.name === "code" || mark.type.name === "raw";

/** Marks are flat in the editor and nested in the tree: the mark that reaches furthest is the outermost. */
function nest(items) {
  const out = [];
  for (let index = 0; index < items.length;) {
    let [outer, end] = [null, index + 1];
    for (const mark of items[index].marks) {
      const reach = run(items, index, mark);
      if (!outer || reach > end) [outer, end] = [mark, reach];
    }
    if (outer) {
      const within = items.slice(index, end).map(({ child, marks }) => ({
        child,
        marks: marks.filter((mark) => !mark.eq(outer)),
      }));
      out.push(wrap(outer, nest(within)));
    } else {
      out.push(leaf(items[index].child));
    }
    index = end;
  }
  return out;
}

function run(items, from, mark) {
  let end = from + 1;
  while (end < items.length && items[end].marks.some((other) => other.eq(mark))) end += 1;
  return end;
}

function wrap(mark, children) {
  switch (mark.type.name) {
    case "strong":
      return { type: "strong", children };
    case "em":
      return { type: "emphasis", children };
    case "strike":
      return { type: "delete", children };
    default: {
      const { href, title, reference } = mark.attrs;
      return reference
        ? referred("linkReference", reference, { children })
        : { type: "link", url: href, title, children };
    }
  }
}

function leaf(node) {
  switch (node.type.name) {
    case "image": {
      const { src, alt, title, reference } = node.attrs;
      return reference ? referred("imageReference", reference, { alt }) : { type: "image", url: src, title, alt };
    }
    case "hard_break":
      return { type: "break" };
    case "footnote_reference":
      return { type: "footnoteReference", label: node.attrs.label, identifier: node.attrs.label.toLowerCase() };
    default: {
      const type = node.marks.find(isLeaf)?.type.name;
      return { type: type === "code" ? "inlineCode" : type === "raw" ? "html" : "text", value: node.text };
    }
  }
}

const referred = (type, { label, kind }, more) => ({
  type,
  label,
  identifier: label.toLowerCase(),
  referenceType: kind,
  ...more,
});
