// The form of a document that markdown can say: no blank at the edge of a line or of emphasis, no empty paragraph
// beside others. Two documents are the same text where their forms are equal.
import { Fragment } from "prosemirror-model";
import { schema } from "../schema.js";

const { nodes, marks } = schema;

/** The form of a block. `bare`: without what says how it was written, for comparing. */
export function normalize(node, bare = false) {
  const attrs = bare ? bareAttrs(node) : node.attrs;
  if (node.isTextblock) {
    const content = node.type.spec.code ? node.content : line(node, bare);
    return node.type.create(node.type === nodes.code_block ? { ...attrs, info: oneLine(attrs.info) } : attrs, content);
  }
  if (node.isLeaf) return node.type.create(attrs);
  if (node.type === nodes.table) return table(node, attrs, bare);
  const children = withoutEmpty(node).map((child) => normalize(child, bare));
  if (node.type === nodes.bullet_list || node.type === nodes.ordered_list) {
    return node.type.create({ ...attrs, tight: isTight(node.attrs.tight, children) }, children);
  }
  return node.type.create(attrs, children);
}

/** Whether two blocks are the same text. */
export function same(left, right) {
  return left.type === right.type && normalize(left, true).eq(normalize(right, true));
}

/** Whether a block says nothing that markdown could hold. */
export function isEmpty(node) {
  if (node.type === nodes.source_block) return !node.textContent.trim();
  return node.type === nodes.paragraph && tidy(node).length === 0;
}

function bareAttrs({ attrs }) {
  const bare = { ...attrs };
  if ("origin" in bare) bare.origin = null;
  delete bare.marker;
  return bare;
}

const oneLine = (text) => text.trim().split(/\s+/).join(" ");

function withoutEmpty(node) {
  const kept = node.children.filter((child) => !isEmpty(child));
  return kept.length ? kept : [nodes.paragraph.create()];
}

/**
 * Two paragraphs in an item, or a paragraph behind another block's last one, need a blank line, which spreads the list.
 */
function isTight(tight, items) {
  const hasBlank = (item) =>
    item.children.some((child, index) => index > 0 && isText(child) && endsInText(item.child(index - 1)));
  if (!tight) return items.length === 1 && items[0].childCount === 1;
  return !items.some(hasBlank);
}

const isText = (node) => node.type === nodes.paragraph;

function endsInText(node) {
  if (isText(node)) return true;
  return !node.isTextblock && node.lastChild !== null && node.type !== nodes.table && endsInText(node.lastChild);
}

function table(node, attrs, bare) {
  const aligns = node.firstChild.children.map((cell) => cell.attrs.align);
  const rows = node.children.map((row, index) => {
    const type = index === 0 ? nodes.table_header : nodes.table_cell;
    const cells = row.children.map((cell, column) => type.create({ align: aligns[column] ?? null }, line(cell, bare)));
    return nodes.table_row.create(bare ? null : row.attrs, cells);
  });
  return node.type.create(attrs, rows);
}

function line(node, bare) {
  const items = tidy(node);
  return Fragment.fromArray(bare ? items.map(withoutReference).map(withoutRaw).map(singleSpaced) : items);
}

/** `[text][label]` says the same as `[text](address)`. */
function withoutReference(item) {
  const linked = item.marks.find(({ type }) => type === marks.link);
  let out = item;
  if (linked?.attrs.reference) {
    out = out.mark(
      marks.link.create({ ...linked.attrs, reference: null }).addToSet(marks.link.removeFromSet(out.marks)),
    );
  }
  if (out.type === nodes.image && out.attrs.reference) {
    out = nodes.image.create({ ...out.attrs, reference: null }, null, out.marks);
  }
  return out;
}

/** HTML is text for readers. */
function withoutRaw(item) {
  return marks.raw.isInSet(item.marks) ? item.mark(marks.raw.removeFromSet(item.marks)) : item;
}

/** Readers see one blank, however many there are. */
function singleSpaced(item) {
  return isWords(item) ? item.withText(item.text.replace(/[ \t]{2,}/g, " ")) : item;
}

/** The content of a line: blanks out of marks, none at its ends and beside breaks. */
function tidy(node) {
  const breaks = node.type !== nodes.heading || node.attrs.level < 3;
  let items = node.children.map((child) => plain(child, breaks));
  for (const type of [marks.strong, marks.em, marks.strike]) items = expel(items, type);
  return trim(items).filter((item) => !item.isText || item.text);
}

function plain(child, breaks) {
  if (child.type === nodes.hard_break && !breaks) return schema.text(" ", child.marks);
  if (child.isText && child.text.includes("\n")) return schema.text(child.text.replace(/\s*\n\s*/g, " "), child.marks);
  return child;
}

const isBreak = (item) => item?.type === nodes.hard_break;
const isWords = (item) => item?.isText && !item.marks.some(({ type }) => type === marks.code || type === marks.raw);

/** Takes a mark off the blanks at both ends of where it runs: `**a **b` would not be strong. */
function expel(items, type) {
  const has = (item) => item !== undefined && type.isInSet(item.marks) !== undefined;
  const without = (item) => item.mark(type.removeFromSet(item.marks));
  const out = [];
  for (let index = 0; index < items.length;) {
    if (!has(items[index])) {
      out.push(items[index]);
      index += 1;
      continue;
    }
    const run = [];
    while (has(items[index])) run.push(items[index++]);
    const [before, after] = [[], []];
    while (run.length) {
      const [blank, rest] = isBreak(run[0]) ? [run[0], null] : cut(run[0], /^[ \t]+/);
      if (!blank) break;
      before.push(without(blank));
      rest ? run.splice(0, 1, rest) : run.shift();
    }
    while (run.length) {
      const [blank, rest] = isBreak(run.at(-1)) ? [run.at(-1), null] : cut(run.at(-1), /[ \t]+$/);
      if (!blank) break;
      after.unshift(without(blank));
      rest ? run.splice(-1, 1, rest) : run.pop();
    }
    out.push(...before, ...run, ...after);
  }
  return out;
}

/** `[what the pattern found, the rest]` of a text, each null where there is none. */
function cut(item, pattern) {
  if (!isWords(item)) return [null, item];
  const found = pattern.exec(item.text);
  if (!found) return [null, item];
  const rest = item.text.replace(pattern, "");
  return [item.withText(found[0]), rest ? item.withText(rest) : null];
}

function trim(items) {
  const out = [];
  const trimEnd = () => {
    while (out.length) {
      const [blank, rest] = cut(out.at(-1), /[ \t]+$/);
      if (!blank) break;
      rest ? out.splice(-1, 1, rest) : out.pop();
    }
  };
  for (const item of items) {
    if (isBreak(item)) {
      trimEnd();
      if (out.length) out.push(item);
      continue;
    }
    const atStart = !out.length || isBreak(out.at(-1));
    const [, rest] = atStart ? cut(item, /^[ \t]+/) : [null, item];
    if (rest) out.push(rest);
  }
  for (trimEnd(); isBreak(out.at(-1)); trimEnd()) out.pop();
  return out;
}
