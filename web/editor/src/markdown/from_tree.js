// Nodes of the syntax tree (mdast) as nodes of the editor.
import { schema } from "../schema.js";
import { write } from "./syntax.js";

const { nodes, marks } = schema;

/** Containers deeper than this are shown as their markdown: browsers flatten deeper documents anyway. */
const MAX_DEPTH = 40;

/** What the editor cannot show. */
export class NotShown extends Error {}

/**
 * The editor's node for a block of the syntax tree.
 * @param tree a node of mdast
 * @param context `{ text, start, definitions }`: the source, where the tree begins in it, definitions by identifier
 */
export function block(tree, context, depth = 0) {
  if (depth > MAX_DEPTH) throw new NotShown("nested too deep");
  const convert = blocks[tree.type];
  if (!convert) throw new NotShown(tree.type);
  return convert(tree, context, depth);
}

const blocks = {
  paragraph: (tree, context) => nodes.paragraph.create(null, inline(tree.children, context)),

  heading: (tree, context) => nodes.heading.create({ level: tree.depth }, inline(tree.children, context)),

  blockquote: (tree, context, depth) => nodes.blockquote.create(null, flow(tree, context, depth)),

  list(tree, context, depth) {
    const items = tree.children.map((item) =>
      nodes.list_item.create({ checked: item.checked ?? null }, flow(item, context, depth)),
    );
    const tight = !tree.spread && tree.children.every((item) => !item.spread);
    const marker = /^[ \t>]*\d*([-*+.)])/.exec(context.text.slice(context.start + tree.position.start.offset))?.[1];
    return tree.ordered
      ? nodes.ordered_list.create({ tight, marker: marker ?? ".", start: tree.start ?? 1 }, items)
      : nodes.bullet_list.create({ tight, marker: marker ?? "-" }, items);
  },

  code(tree) {
    const info = [tree.lang, tree.meta].filter(Boolean).join(" ");
    return nodes.code_block.create({ info }, plain(tree.value));
  },

  thematicBreak: () => nodes.horizontal_rule.create(),

  table(tree, context) {
    const width = tree.children[0].children.length;
    const rows = tree.children.map((row, index) => {
      const type = index === 0 ? nodes.table_header : nodes.table_cell;
      const cells = Array.from({ length: width }, (_, column) =>
        type.create({ align: tree.align?.[column] ?? null }, inline(row.children[column]?.children ?? [], context)),
      );
      return nodes.table_row.create(null, cells);
    });
    return nodes.table.create(null, rows);
  },

  html: (tree) => sourceBlock(tree.value),
  definition: (tree) => sourceBlock(write(tree)),
  footnoteDefinition: (tree) => sourceBlock(write(tree)),
};

/** A block that shows its markdown. */
export function sourceBlock(text) {
  return nodes.source_block.create(null, plain(text));
}

function flow(tree, context, depth) {
  const children = tree.children.map((child) => block(child, context, depth + 1));
  return children.length ? children : [nodes.paragraph.create()];
}

function plain(text) {
  const lines = text.replace(/\r\n?/g, "\n");
  return lines ? schema.text(lines) : null;
}

function inline(children, context, carried = []) {
  return children.flatMap((tree) => {
    const convert = inlines[tree.type];
    if (!convert) throw new NotShown(tree.type);
    return convert(tree, context, carried) ?? [];
  });
}

const marked = (make) => (tree, context, carried) =>
  inline(tree.children, context, make(tree, context).addToSet(carried));

const inlines = {
  // Where a line is broken in the source is kept by its bytes, not by the document (see patch.js).
  text: (tree, _, carried) => text(tree.value.replace(/[ \t]*(\r\n|\n|\r)[ \t]*/g, " "), carried),
  strong: marked(() => marks.strong.create()),
  emphasis: marked(() => marks.em.create()),
  delete: marked(() => marks.strike.create()),
  link: marked((tree) => marks.link.create({ href: tree.url, title: tree.title ?? null })),
  linkReference: marked((tree, context) => marks.link.create({ ...target("href", tree, context) })),
  inlineCode: (tree, _, carried) => text(tree.value.replace(/\r\n|\n|\r/g, " "), marks.code.create().addToSet(carried)),
  html: (tree, _, carried) => text(tree.value.replace(/\r\n|\n|\r/g, " "), marks.raw.create().addToSet(carried)),
  image: (tree, _, carried) =>
    nodes.image.create({ src: tree.url, alt: tree.alt ?? "", title: tree.title ?? null }, null, carried),
  imageReference: (tree, context, carried) =>
    nodes.image.create({ ...target("src", tree, context), alt: tree.alt ?? "" }, null, carried),
  break: (_, __, carried) => nodes.hard_break.create(null, null, carried),
  footnoteReference: (tree, _, carried) =>
    nodes.footnote_reference.create({ label: tree.label ?? tree.identifier }, null, carried),
};

function text(value, carried) {
  return value ? schema.text(value, carried) : null;
}

function target(name, tree, { definitions }) {
  const definition = definitions.get(tree.identifier);
  if (!definition) throw new NotShown("reference");
  const { referenceType: kind, label } = tree;
  return { [name]: definition.url, title: definition.title ?? null, reference: { label, kind } };
}
