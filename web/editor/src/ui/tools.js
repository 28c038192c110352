// The tools of the bar: what each is called, its sign, what it does, and when it is pressed.
import { redo, redoDepth, undo, undoDepth } from "prosemirror-history";
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
} from "prosemirror-tables";
import { ancestor, linkAt, list, listKind, quote, rule, table, toggle, toggleCodeBlock } from "../commands.js";
import { schema } from "../schema.js";

const { nodes, marks } = schema;

function hasMark(name) {
  const type = marks[name];
  return (state) => {
    const { from, $from, to, empty } = state.selection;
    if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()));
    return state.doc.rangeHasMark(from, to, type);
  };
}

const mark = (name, sign, label) => ({ label, sign, run: toggle(name), pressed: hasMark(name) });
const listOf = (kind, sign) => ({ label: kind, sign, run: list(kind), pressed: (state) => listKind(state) === kind });
const within = (type) => (state) => ancestor(state.selection.$from, type) !== null;

/** Groups of tools. `run` is a command, or `act` the name of what needs the app. */
export const groups = [
  [mark("strong", "B", "bold"), mark("em", "I", "italic"), mark("strike", "S", "strike"), mark("code", "<>", "code")],
  [
    { label: "link", sign: "[ ]", act: "editLink", pressed: (state) => linkAt(state) !== null },
    { label: "linkEntry", sign: "↗", act: "pickLink" },
    { label: "picture", sign: "▣", act: "pickMedia" },
  ],
  [listOf("list", "•"), listOf("numbered", "1."), listOf("task", "☐")],
  [
    { label: "quote", sign: "”", run: quote, pressed: within(nodes.blockquote) },
    { label: "codeBlock", sign: "{ }", run: toggleCodeBlock, pressed: within(nodes.code_block) },
    { label: "table", sign: "▦", run: table },
    { label: "rule", sign: "―", run: rule },
  ],
  [
    { label: "undo", sign: "↶", run: undo, enabled: (state) => undoDepth(state) > 0 },
    { label: "redo", sign: "↷", run: redo, enabled: (state) => redoDepth(state) > 0 },
  ],
];

const isBody = (state) => isInTable(state) && !within(nodes.table_header)(state);
const count = (state, what) => {
  const found = ancestor(state.selection.$from, nodes.table);
  return found ? (what === "rows" ? found.node.childCount : found.node.firstChild.childCount) : 0;
};

/** What a table can have done to it; shown while the cursor is in one. */
export const tableGroup = [
  { label: "rowBefore", sign: "↥", run: addRowBefore, enabled: isBody },
  { label: "rowAfter", sign: "↧", run: addRowAfter, enabled: isInTable },
  { label: "columnBefore", sign: "↤", run: addColumnBefore, enabled: isInTable },
  { label: "columnAfter", sign: "↦", run: addColumnAfter, enabled: isInTable },
  { label: "deleteRow", sign: "−↔", run: deleteRow, enabled: (state) => isBody(state) && count(state, "rows") > 1 },
  { label: "deleteColumn", sign: "−↕", run: deleteColumn, enabled: (state) => count(state, "columns") > 1 },
  { label: "deleteTable", sign: "✕", run: deleteTable, enabled: isInTable },
];
