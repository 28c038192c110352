// What is pasted and dropped: HTML becomes clean, text that is markdown becomes what it means, files go to the app.
import { Fragment, Slice } from "prosemirror-model";
import { Plugin, TextSelection } from "prosemirror-state";
import { link } from "../commands.js";
import { parse } from "../markdown/parse.js";
import { schema } from "../schema.js";
import { clean } from "./clean.js";
import { sendFiles } from "./files.js";

const { nodes } = schema;

const ADDRESS = /^(https?:\/\/|mailto:)[^\s<>]+$/i;

/** Lines shorter than this end where their writer ended them. */
const SHORT_LINE = 60;

export function paste() {
  return new Plugin({
    props: {
      transformPastedHTML: clean,

      clipboardTextParser(text, $context, plain) {
        return plain ? asLines(text, $context) : asMarkdown(text);
      },

      handlePaste(view, event, slice) {
        const data = event.clipboardData;
        if (!data) return false;
        const text = data.getData("text/plain").trim();
        // Word puts a picture of what was copied beside its text.
        if (data.files.length && !text) return sendFiles(view, data.files);
        if (pasteIntoCell(view, slice)) return true;
        if (!ADDRESS.test(text) || view.state.selection.$from.parent.type.spec.code) return false;
        const isOnlyAddress = !data.getData("text/html") || !view.state.selection.empty;
        return isOnlyAddress && link({ href: text, text })(view.state, view.dispatch);
      },

      handleDrop(view, event, _, moved) {
        if (moved || !event.dataTransfer?.files.length) return false;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
        event.preventDefault();
        return sendFiles(view, event.dataTransfer.files);
      },
    },
  });
}

/** A cell is one line: blocks are put into it as their text, with its marks. */
function pasteIntoCell(view, slice) {
  const { $from, $to } = view.state.selection;
  const isCell = $from.parent.type.spec.tableRole && $from.sameParent($to);
  const isLine = slice.content.childCount === 1 && slice.content.firstChild.isTextblock;
  if (!isCell || isLine || slice.content.firstChild?.isInline) return false;
  const content = [];
  let hasTable = false;
  slice.content.descendants((node) => {
    hasTable ||= node.type.spec.tableRole !== undefined;
    if (!node.isTextblock) return true;
    if (content.length) content.push(schema.text(" "));
    node.forEach((child) => content.push(child.type === nodes.hard_break ? schema.text(" ") : child));
    return false;
  });
  // Cells that were copied go into cells.
  if (hasTable || !content.length) return false;
  const line = new Slice(Fragment.fromArray(content), 0, 0);
  view.dispatch(view.state.tr.replaceSelection(line).scrollIntoView().setMeta("paste", true));
  return true;
}

/** Text as the markdown that it may be. */
export function asMarkdown(text) {
  const blocks = parse(text.replace(/\r\n?/g, "\n")).blocks.map(({ node }) => node);
  const isProse = blocks.every((node) => node.type === nodes.paragraph && node.children.every(isPlain));
  const lines = text.trim().split(/\r\n?|\n/);
  if (isProse && lines.every((line) => line.length < SHORT_LINE)) return asLines(text.trim());
  const isOpen = blocks.length > 0 && blocks.every((node) => node.type === nodes.paragraph);
  const depth = isOpen ? 1 : 0;
  return new Slice(Fragment.from(blocks), depth, depth);
}

const isPlain = (node) => node.isText && node.marks.length === 0;

/** Text as it is: a paragraph where a line is blank, a break at the end of other lines. */
function asLines(text, $context) {
  const marks = $context?.marks() ?? [];
  const paragraphs = text.split(/(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*/).map((paragraph) => {
    const lines = paragraph.split(/\r\n?|\n/);
    const content = lines.flatMap((line, index) => [
      ...(index ? [nodes.hard_break.create()] : []),
      ...(line ? [schema.text(line, marks)] : []),
    ]);
    return nodes.paragraph.create(null, content);
  });
  return new Slice(Fragment.from(paragraphs), 1, 1);
}
