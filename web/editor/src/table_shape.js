// Keeps tables as markdown can say them: headings in the first row and only there, no cell that spans others, one
// alignment in each column.
import { Plugin } from "prosemirror-state";
import { schema } from "./schema.js";

const { nodes } = schema;

export function tableShape() {
  return new Plugin({
    appendTransaction(transactions, before, state) {
      if (!transactions.some((transaction) => transaction.docChanged)) return null;
      const transaction = state.tr;
      eachChanged(before.doc, state.doc, (table, position) => shape(transaction, table, position));
      return transaction.docChanged ? transaction : null;
    },
  });
}

/** Tables are at the top or within other blocks; those in blocks that did not change are left alone. */
function eachChanged(before, now, found) {
  const old = new Set(before.children);
  now.forEach((block, offset) => {
    if (old.has(block)) return;
    if (block.type === nodes.table) found(block, offset);
    else {
      block.descendants((node, position) => {
        if (node.type === nodes.table) found(node, offset + 1 + position);
        return !node.isTextblock;
      });
    }
  });
}

function shape(transaction, table, position) {
  const aligns = table.firstChild.children.map((cell) => cell.attrs.align);
  table.forEach((row, rowOffset, rowIndex) => {
    const type = rowIndex === 0 ? nodes.table_header : nodes.table_cell;
    row.forEach((cell, cellOffset, column) => {
      const { colspan, rowspan } = cell.attrs;
      const align = aligns[column] ?? null;
      if (cell.type === type && colspan === 1 && rowspan === 1 && cell.attrs.align === align) return;
      const at = position + 1 + rowOffset + 1 + cellOffset;
      transaction.setNodeMarkup(at, type, { ...cell.attrs, colspan: 1, rowspan: 1, align });
    });
  });
}
