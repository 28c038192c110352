// What the toolbar, the slash menu and the keys do.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { NodeSelection, Selection, TextSelection } from "prosemirror-state";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

export const toggle = (name) => toggleMark(marks[name]);

export const paragraph = setBlockType(nodes.paragraph);
export const heading = (level) => setBlockType(nodes.heading, { level });
export const codeBlock = setBlockType(nodes.code_block);

/** The innermost ancestor of a type, and its depth. */
export function ancestor($from, ...types) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if (types.includes($from.node(depth).type)) return { node: $from.node(depth), depth, before: $from.before(depth) };
  }
  return null;
}

export function quote(state, dispatch) {
  const isQuoted = ancestor(state.selection.$from, nodes.blockquote);
  return isQuoted ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch);
}

const LISTS = [nodes.bullet_list, nodes.ordered_list];

/** Which list the selection is in: "list", "numbered", "task" or null. */
export function listKind(state) {
  const { $from } = state.selection;
  const found = ancestor($from, ...LISTS);
  if (!found) return null;
  const item = ancestor($from, nodes.list_item);
  if (item && item.node.attrs.checked !== null) return "task";
  return found.node.type === nodes.bullet_list ? "list" : "numbered";
}

/** Makes the selected blocks a list of a kind, or none where they are one already. */
export function list(kind) {
  const type = kind === "numbered" ? nodes.ordered_list : nodes.bullet_list;
  const checked = kind === "task" ? false : null;
  return (state, dispatch) => {
    const now = listKind(state);
    if (now === kind) return liftListItem(nodes.list_item)(state, dispatch);
    if (now) return convertList(type, checked)(state, dispatch);
    if (checked === null) return wrapInList(type)(state, dispatch);
    const mark = (transaction) => dispatch(checkItems(transaction, false));
    return wrapInList(type)(state, dispatch && mark);
  };
}

function convertList(type, checked) {
  return (state, dispatch) => {
    const { node, before } = ancestor(state.selection.$from, ...LISTS);
    if (dispatch) {
      const { origin, tight } = node.attrs;
      const attrs = type === node.type ? node.attrs : { origin, tight };
      const transaction = state.tr.setNodeMarkup(before, type, attrs);
      node.forEach((item, offset) => {
        const keeps = checked !== null && item.attrs.checked !== null;
        if (!keeps) transaction.setNodeMarkup(before + 1 + offset, null, { ...item.attrs, checked });
      });
      dispatch(transaction.scrollIntoView());
    }
    return true;
  };
}

/** Sets the selected items' check. */
function checkItems(transaction, checked) {
  const { from, to } = transaction.selection;
  transaction.doc.nodesBetween(from, to, (node, position) => {
    if (node.type === nodes.list_item) transaction.setNodeMarkup(position, null, { ...node.attrs, checked });
  });
  return transaction;
}

/** Ticks the task that the cursor is in, or unticks it. */
export function toggleTask(state, dispatch) {
  const item = ancestor(state.selection.$from, nodes.list_item);
  if (!item || item.node.attrs.checked === null) return false;
  dispatch?.(state.tr.setNodeAttribute(item.before, "checked", !item.node.attrs.checked));
  return true;
}

/** Puts a block in the place of an empty paragraph, or behind the block that the cursor is in. */
function insertBlock(block, select) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const depth = ancestor($from, nodes.table)?.depth ?? Math.max($from.depth, 1);
    if ($from.depth === 0 && !(state.selection instanceof NodeSelection)) return false;
    if (dispatch) {
      const transaction = state.tr;
      const isBlank = $from.depth > 0 && $from.parent.type === nodes.paragraph && !$from.parent.content.size;
      const [from, to] = isBlank
        ? [$from.before(), $from.after()]
        : $from.depth
          ? [$from.after(depth), $from.after(depth)]
          : [state.selection.to, state.selection.to];
      transaction.replaceWith(from, to, block);
      select(transaction, transaction.mapping.map(from, -1), block);
      dispatch(transaction.scrollIntoView());
    }
    return true;
  };
}

/** A line across, and a paragraph behind it to write on in. */
export const rule = insertBlock(nodes.horizontal_rule.create(), (transaction, position, block) => {
  const behind = position + block.nodeSize;
  if (behind === transaction.doc.content.size) transaction.insert(behind, nodes.paragraph.create());
  transaction.setSelection(Selection.near(transaction.doc.resolve(behind), 1));
});

export const table = insertBlock(emptyTable(3, 3), (transaction, position) => {
  transaction.setSelection(TextSelection.near(transaction.doc.resolve(position + 1), 1));
});

function emptyTable(rows, columns) {
  const row = (type) =>
    nodes.table_row.create(
      null,
      Array.from({ length: columns }, () => type.create()),
    );
  const body = Array.from({ length: rows - 1 }, () => row(nodes.table_cell));
  return nodes.table.create(null, [row(nodes.table_header), ...body]);
}

export function image({ src, alt }) {
  return (state, dispatch) => {
    if (state.selection.$from.parent.type.spec.code) return false;
    dispatch?.(state.tr.replaceSelectionWith(nodes.image.create({ src, alt: alt ?? "" }), false).scrollIntoView());
    return true;
  };
}

/** A footnote: its sign at the cursor, and at the end of the text its definition, to be written. */
export function footnote(state, dispatch) {
  const { $from, to } = state.selection;
  if (!$from.parent.inlineContent || $from.parent.type.spec.code) return false;
  if (dispatch) {
    const used = new Set();
    state.doc.descendants((node) => {
      if (node.type === nodes.footnote_reference) used.add(node.attrs.label);
      if (node.type === nodes.source_block)
        for (const [, name] of node.textContent.matchAll(/\[\^([^\]]+)\]/g)) used.add(name);
    });
    let number = 1;
    while (used.has(String(number))) number += 1;
    const label = String(number);
    const transaction = state.tr.insert(to, nodes.footnote_reference.create({ label }));
    const definition = nodes.source_block.create(null, schema.text(`[^${label}]: `));
    transaction.insert(transaction.doc.content.size, definition);
    transaction.setSelection(Selection.atEnd(transaction.doc));
    dispatch(transaction.scrollIntoView());
  }
  return true;
}

/** The link at the cursor: `{ from, to, mark }`, or null. */
export function linkAt(state) {
  const { $from, empty, from, to } = state.selection;
  const isLink = (node) => marks.link.isInSet(node.marks);
  const around = $from.parent.childAfter($from.parentOffset);
  const before = $from.parent.childBefore($from.parentOffset);
  const at = around.node && isLink(around.node) ? around : empty && before.node && isLink(before.node) ? before : null;
  if (!at) return null;
  const mark = isLink(at.node);
  const start = $from.start();
  let [first, last] = [at.index, at.index];
  const { parent } = $from;
  const has = (index) => index >= 0 && index < parent.childCount && mark.isInSet(parent.child(index).marks);
  while (has(first - 1)) first -= 1;
  while (has(last + 1)) last += 1;
  let offset = 0;
  for (let index = 0; index < first; index += 1) offset += parent.child(index).nodeSize;
  let end = offset;
  for (let index = first; index <= last; index += 1) end += parent.child(index).nodeSize;
  return from <= start + end && to <= start + end ? { from: start + offset, to: start + end, mark } : null;
}

/** Links what is selected, changes the link at the cursor, or inserts a text with a link. */
export function link({ href, text }) {
  return (state, dispatch) => {
    const mark = marks.link.create({ href });
    const at = linkAt(state);
    const { from, to, empty, $from } = state.selection;
    if ($from.parent.type.spec.code) return false;
    if (dispatch) {
      const transaction = state.tr;
      if (at) transaction.removeMark(at.from, at.to, marks.link).addMark(at.from, at.to, mark);
      else if (!empty) transaction.removeMark(from, to, marks.link).addMark(from, to, mark);
      else transaction.replaceSelectionWith(schema.text(text || href, mark.addToSet($from.marks())), false);
      dispatch(transaction.scrollIntoView());
    }
    return true;
  };
}

export function unlink(state, dispatch) {
  const at = linkAt(state) ?? (state.selection.empty ? null : state.selection);
  if (!at) return false;
  dispatch?.(state.tr.removeMark(at.from, at.to, marks.link));
  return true;
}

/** A block of code, or the text of one again. */
export function toggleCodeBlock(state, dispatch) {
  return state.selection.$from.parent.type === nodes.code_block
    ? paragraph(state, dispatch)
    : codeBlock(state, dispatch);
}
