// The field that shows the text as markdown, beside the editor: what is pasted into it becomes markdown, and Undo goes on
// in the editor where the field's own ends.
import { DOMParser as Reader } from "prosemirror-model";
import { clean } from "./input/clean.js";
import { Source } from "./markdown/source.js";
import { schema } from "./schema.js";

/** Elements that say what a text is. Code that was copied from a development environment has none: only styles. */
const MEANT = /<(a|b|blockquote|em|h[1-6]|i|img|li|ol|p|pre|s|strong|table|ul)\b[^>]*>/i;

/**
 * Serves a field until it leaves the page.
 * @param editor gives the editor that was on the page last, if there is one: `{ getMarkdown, undo, redo }`
 */
export function serve(field, editor) {
  field.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    const isUndo = key === "z" && !event.shiftKey;
    const isRedo = (key === "z" && event.shiftKey) || key === "y";
    const held = editor();
    // As long as there is something that was typed here, it is the field's.
    if (field.readOnly || !(isUndo || isRedo) || held?.getMarkdown() !== field.value) return;
    if (!(isUndo ? held.undo() : held.redo())) return;
    event.preventDefault();
    show(field, held.getMarkdown());
  });

  field.addEventListener("paste", (event) => {
    const { clipboardData } = event;
    if (event.defaultPrevented || field.readOnly || !clipboardData || clipboardData.files.length) return;
    const html = clipboardData.getData("text/html");
    if (!MEANT.test(html)) return;
    const text = markdownOf(html);
    if (!text || text === clipboardData.getData("text/plain").trim()) return;
    event.preventDefault();
    // As typing would, so that Undo takes it back.
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

/** Shows another text, with the cursor behind what differs. */
function show(field, text) {
  const before = field.value;
  let rest = 0;
  const least = Math.min(before.length, text.length);
  while (rest < least && before.at(-1 - rest) === text.at(-1 - rest)) rest += 1;
  field.value = text;
  field.setSelectionRange(text.length - rest, text.length - rest);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** What was copied from elsewhere, as markdown. */
export function markdownOf(html) {
  const { body } = new DOMParser().parseFromString(clean(html), "text/html");
  const source = new Source();
  source.read("");
  return source.write(Reader.fromSchema(schema).parse(body));
}
