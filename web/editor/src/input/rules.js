// Markdown as it is typed becomes what it means.
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { Selection } from "prosemirror-state";
import { ancestor } from "../commands.js";
import { schema } from "../schema.js";

const { nodes, marks } = schema;

export function rules() {
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,4})\s$/, nodes.heading, (match) => ({ level: match[1].length })),
      textblockTypeInputRule(/^(?:```|~~~)([\w+#.-]*)\s$/, nodes.code_block, (match) => ({ info: match[1] })),
      wrappingInputRule(/^>\s$/, nodes.blockquote),
      task,
      wrappingInputRule(/^([-*+])\s$/, nodes.bullet_list, (match) => ({ marker: match[1] }), joinsBullets),
      wrappingInputRule(/^(\d{1,9})([.)])\s$/, nodes.ordered_list, orderedAttrs, joinsNumbers),
      rule,
      typedLink,
      mark(/(?:^|[^*\\])(\*\*)([^\s*](?:[^*]*[^\s*])?)\*\*$/, marks.strong),
      mark(/(?:^|[^_\p{L}\p{N}\\])(__)([^\s_](?:[^_]*[^\s_])?)__$/u, marks.strong),
      mark(/(?:^|[^*\\])(\*)([^\s*](?:[^*]*[^\s*])?)\*$/, marks.em),
      mark(/(?:^|[^_\p{L}\p{N}\\])(_)([^\s_](?:[^_]*[^\s_])?)_$/u, marks.em),
      mark(/(?:^|[^~\\])(~~)([^\s~](?:[^~]*[^\s~])?)~~$/, marks.strike),
      mark(/(?:^|[^`\\])(`)([^`]+)`$/, marks.code),
    ],
  });
}

const orderedAttrs = (match) => ({ start: Number(match[1]), marker: match[2] });
const joinsBullets = (match, node) => node.attrs.marker === match[1];
const joinsNumbers = (match, node) => node.childCount + node.attrs.start === Number(match[1]);

/** A pair of signs around a text. */
function mark(pattern, type) {
  return new InputRule(pattern, (state, match, start, end) => {
    const [, sign, text] = match;
    const $start = state.doc.resolve(start);
    if (!$start.parent.type.allowsMarkType(type)) return null;
    if (state.doc.rangeHasMark(start, end, marks.code)) return null;
    // The last character is not in the document yet.
    const open = start + match[0].indexOf(sign);
    const from = open + sign.length;
    const to = from + text.length;
    if (state.doc.textBetween(from, to, "\0", "\0") !== text) return null;
    const transaction = state.tr;
    if (end > to) transaction.delete(to, end);
    return transaction
      .delete(open, from)
      .addMark(open, open + text.length, type.create())
      .removeStoredMark(type);
  });
}

/** `[ ]` makes an item a task, or a paragraph a list of one. */
const task = new InputRule(/^(?:[-*+]\s)?\[( ?|x|X)\]\s$/, (state, match, start, end) => {
  const $start = state.doc.resolve(start);
  if ($start.parent.type !== nodes.paragraph) return null;
  const checked = match[1].toLowerCase() === "x";
  const item = ancestor($start, nodes.list_item);
  const transaction = state.tr.delete(start, end);
  if (item && item.depth === $start.depth - 1 && $start.index(item.depth) === 0) {
    return transaction.setNodeAttribute(item.before, "checked", checked);
  }
  const range = transaction.doc.resolve(start).blockRange();
  if (!range) return null;
  const wrappers = [
    { type: nodes.bullet_list, attrs: {} },
    { type: nodes.list_item, attrs: { checked } },
  ];
  return transaction.wrap(range, wrappers);
});

/** Three dashes: a line across. */
const rule = new InputRule(/^(?:---|\*\*\*|___)$/, (state, _, start) => {
  const $start = state.doc.resolve(start);
  if ($start.parent.type !== nodes.paragraph) return null;
  const { before, after } = { before: $start.before(), after: $start.after() };
  const transaction = state.tr.replaceWith(before, after, [nodes.horizontal_rule.create(), nodes.paragraph.create()]);
  return transaction.setSelection(Selection.near(transaction.doc.resolve(before + 1), 1));
});

const typedLink = new InputRule(/(?:^|[^!\\])\[([^[\]]+)\]\(([^\s()]+)\)$/, (state, match, start, end) => {
  const $start = state.doc.resolve(start);
  if (!$start.parent.type.allowsMarkType(marks.link)) return null;
  const open = start + match[0].indexOf("[");
  const text = schema.text(match[1], marks.link.create({ href: match[2] }).addToSet($start.marks()));
  return state.tr.replaceWith(open, end, text).removeStoredMark(marks.link);
});
