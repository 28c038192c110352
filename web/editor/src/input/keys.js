// The keys. Tab moves within lists and tables and leaves the text elsewhere; behind Escape it leaves it from anywhere,
// so that nobody is caught (WCAG 2.1.2).
import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  exitCode,
  liftEmptyBlock,
  splitBlock,
} from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { undoInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { Plugin, Selection } from "prosemirror-state";
import { goToNextCell } from "prosemirror-tables";
import { ancestor, codeBlock, heading, list, paragraph, quote, toggle, toggleTask } from "../commands.js";
import { schema } from "../schema.js";

const { nodes } = schema;

/** @param commands what needs the app: `link` and `pickLink` */
export function keys(commands) {
  const bindings = {
    "Mod-z": undo,
    "Shift-Mod-z": redo,
    "Mod-y": redo,
    "Mod-b": toggle("strong"),
    "Mod-i": toggle("em"),
    "Mod-e": toggle("code"),
    "Shift-Mod-x": toggle("strike"),
    "Mod-k": commands.link,
    "Shift-Mod-k": commands.link,
    "Mod-Alt-0": paragraph,
    "Mod-Alt-1": heading(1),
    "Mod-Alt-2": heading(2),
    "Mod-Alt-3": heading(3),
    "Mod-Alt-4": heading(4),
    "Mod-Alt-c": codeBlock,
    "Shift-Mod-7": list("numbered"),
    "Shift-Mod-8": list("list"),
    "Shift-Mod-9": list("task"),
    "Shift-Mod-.": quote,
    "Mod-]": sinkListItem(nodes.list_item),
    "Mod-[": liftListItem(nodes.list_item),
    "Mod-Enter": chainCommands(toggleTask, exitCode),
    "Shift-Enter": chainCommands(exitCode, hardBreak),
    Backspace: undoInputRule,
    Enter: chainCommands(nextRow, splitItem, openCode),
    Tab: chainCommands(sinkListItem(nodes.list_item), goToNextCell(1)),
    "Shift-Tab": chainCommands(liftNested, goToNextCell(-1)),
  };
  return [leaving(), keymap(bindings), keymap({ ...baseKeymap, Enter: enter })];
}

const enter = chainCommands(newlineInSource, createParagraphNear, liftEmptyBlock, splitBlock);

function newlineInSource(state, dispatch) {
  const { $head, $anchor } = state.selection;
  if (!$head.parent.type.spec.code || !$head.sameParent($anchor)) return false;
  dispatch?.(state.tr.insertText("\n").scrollIntoView());
  return true;
}

/** Escape, then Tab: leaves the text. */
function leaving() {
  let leaves = false;
  return new Plugin({
    props: {
      handleDOMEvents: {
        keydown(_, event) {
          // What is answered with true is left to the browser, which moves the focus.
          const isLeft = event.key === "Tab" && leaves;
          if (event.key !== "Shift") leaves = event.key === "Escape";
          return isLeft;
        },
      },
    },
  });
}

function hardBreak(state, dispatch) {
  const { $from } = state.selection;
  const { parent } = $from;
  const index = $from.index();
  if (!parent.canReplaceWith(index, index, nodes.hard_break)) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
}

/** A new item; a task is followed by a task. */
function splitItem(state, dispatch) {
  const item = ancestor(state.selection.$from, nodes.list_item);
  if (!item) return false;
  const checked = item.node.attrs.checked === null ? null : false;
  return splitListItem(nodes.list_item, { checked })(state, dispatch);
}

/** Shift-Tab lifts what is nested; in a list that is not, it leaves the text. */
function liftNested(state, dispatch) {
  const item = ancestor(state.selection.$from, nodes.list_item);
  if (!item || item.depth < 3 || state.selection.$from.node(item.depth - 2).type !== nodes.list_item) return false;
  return liftListItem(nodes.list_item)(state, dispatch);
}

/** Three backticks and perhaps a language, then Enter. */
function openCode(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== nodes.paragraph || $from.parentOffset !== $from.parent.content.size) return false;
  const found = /^(?:```|~~~)([\w+#.-]*)$/.exec($from.parent.textContent);
  if (!found) return false;
  if (dispatch) {
    const transaction = state.tr.delete($from.start(), $from.end());
    dispatch(transaction.setBlockType($from.start(), $from.start(), nodes.code_block, { info: found[1] }));
  }
  return true;
}

/** Enter in a table: the cell below, and behind the last row the text behind the table. */
function nextRow(state, dispatch) {
  const { $from } = state.selection;
  const row = ancestor($from, nodes.table_row);
  if (!row) return false;
  if (dispatch) {
    const tableDepth = row.depth - 1;
    const table = $from.node(tableDepth);
    const index = $from.index(tableDepth);
    const transaction = state.tr;
    if (index + 1 < table.childCount) {
      const column = Math.min($from.index(row.depth), table.child(index + 1).childCount - 1);
      let position = $from.after(row.depth) + 1;
      for (let cell = 0; cell < column; cell += 1) position += table.child(index + 1).child(cell).nodeSize;
      transaction.setSelection(Selection.near(transaction.doc.resolve(position + 1), 1));
    } else {
      const behind = $from.after(tableDepth);
      if (!transaction.doc.resolve(behind).nodeAfter) transaction.insert(behind, nodes.paragraph.create());
      transaction.setSelection(Selection.near(transaction.doc.resolve(behind), 1));
    }
    dispatch(transaction.scrollIntoView());
  }
  return true;
}
