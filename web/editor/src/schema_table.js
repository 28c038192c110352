// Tables as markdown has them: one row of headings, cells of one line, an alignment for each column.
// Cells that span others do not exist; prosemirror-tables asks for the attributes all the same.

const inCell = "(text | image | footnote_reference)*";

const cell = (tag, tableRole) => ({
  content: inCell,
  attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null }, align: { default: null } },
  tableRole,
  isolating: true,
  parseDOM: [{ tag, getAttrs: (dom) => ({ align: alignOf(dom) }) }],
  toDOM: ({ attrs }) => [tag, { dir: "auto", class: attrs.align, "data-align": attrs.align }, 0],
});

export const table_header = cell("th", "header_cell");
export const table_cell = cell("td", "cell");

export const table_row = {
  content: "(table_cell | table_header)*",
  tableRole: "row",
  parseDOM: [{ tag: "tr" }],
  toDOM: () => ["tr", 0],
};

export const table = {
  group: "block",
  content: "table_row+",
  tableRole: "table",
  isolating: true,
  attrs: { origin: { default: null } },
  parseDOM: [{ tag: "table" }],
  toDOM: () => ["table", ["tbody", 0]],
};

function alignOf(dom) {
  const align = dom.dataset.align ?? dom.getAttribute("align") ?? dom.style.textAlign;
  return ["left", "center", "right"].includes(align) ? align : null;
}
