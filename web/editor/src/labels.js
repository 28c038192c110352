// What the controls are called, where the app does not say.

const ENGLISH = {
  text: "Text",
  formatting: "Formatting",
  bold: "Bold",
  italic: "Italic",
  strike: "Strikethrough",
  code: "Code",
  link: "Link",
  linkEntry: "Link to an entry",
  heading: "Heading",
  paragraph: "Text",
  quote: "Quote",
  list: "List",
  numbered: "Numbered list",
  task: "Tasks",
  table: "Table",
  picture: "Picture",
  codeBlock: "Code block",
  rule: "Line",
  footnote: "Footnote",
  undo: "Undo",
  redo: "Redo",
  done: "Done",
  markdown: "Markdown",
  language: "Language",
  alt: "Alternative text",
  address: "Address",
  apply: "Apply",
  remove: "Remove",
  insert: "Insert",
  rowBefore: "Row above",
  rowAfter: "Row below",
  columnBefore: "Column before",
  columnAfter: "Column after",
  deleteRow: "Delete row",
  deleteColumn: "Delete column",
  deleteTable: "Delete table",
};

export function labelled(given) {
  return { ...ENGLISH, ...given };
}
