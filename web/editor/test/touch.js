// What tests do to a document as a person would.
import { Fragment, Slice } from "prosemirror-model";
import { schema } from "../src/schema.js";

/** The document with a word inserted into the first text of a block; null where the block has none. */
export function touch(doc, index, word = " touched ") {
  const block = doc.child(index);
  let at = null;
  block.descendants((node, position) => {
    if (at === null && node.isText) at = position + Math.floor(node.text.length / 2);
    return at === null;
  });
  if (at === null) return null;
  const marks = block.resolve(at).marks();
  const slice = new Slice(Fragment.from(schema.text(word, marks)), 0, 0);
  return doc.copy(doc.content.replaceChild(index, block.replace(at, at, slice)));
}

/** What stands before and behind a block in its text. */
export function around({ parsed }, index) {
  const join = (blocks) => blocks.map(({ before, source }) => before + source).join("");
  const { leading, blocks, tail } = parsed;
  return [leading + join(blocks.slice(0, index)) + blocks[index].before, join(blocks.slice(index + 1)) + tail];
}

/** Opens a text, touches one block, and gives what became of it; null where the block has no text. */
export function touched(source, doc, index) {
  const edited = touch(doc, index);
  if (!edited) return null;
  const text = source.write(edited);
  const [before, behind] = around(source, index);
  const isAround = text.startsWith(before) && text.endsWith(behind) && text.length >= before.length + behind.length;
  return { node: edited.child(index), text, isAround, block: text.slice(before.length, text.length - behind.length) };
}
