// Any edits of any text: what is written, read again, is what the editor shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isEmpty, same } from "../src/markdown/normalize.js";
import { Source } from "../src/markdown/source.js";
import { schema } from "../src/schema.js";
import { touch } from "./touch.js";

// Beside indented code micromark misreads a list that could not interrupt a paragraph, and an empty one: neither is
// here.
const BLOCKS = [
  "word",
  "two\nlines *of* it",
  "   indented by three",
  "# Heading",
  "Set\n===",
  "- a\n- b",
  "* a\n\n* b",
  "+ x\n  - y\n\n  z",
  "1. one\n2. two",
  "1) three",
  "- [ ] task\n- [x] done",
  "- a\n-\n- b",
  "> quote\nlazy",
  "> - a\n> - b",
  "```js\ncode\n\n\ncode\n```",
  "~~~\n```\n~~~",
  "    indented\n\n    code",
  "---",
  "***",
  "| a | b |\n|---|:-:|\n| c | `\\|` |",
  'a [link][ref] and ![picture](media:1 "t")',
  "line\\\nbreak  \nand another",
  "**a*b*c** _d_ ~~e~~ `` ` ``",
  "<div>\nhtml\n</div>",
  "<!-- comment",
  "text <b>html</b> within",
  "[ref]: /address",
  "note[^n]",
  "[^n]: the note",
  "&amp; &copy; \\* 1\\. \\# <https://a.b>",
];
const WORDS = [
  "x",
  " snake case",
  " x ",
  "*",
  "_",
  "`",
  "[",
  "]",
  "#",
  "- ",
  "1. ",
  "> ",
  "|",
  "\\",
  "<b>",
  "&amp;",
  "~",
  "![",
  "   ",
  "[ref]",
  "[^n]",
  "---",
  "é",
  "שלום",
];

const texts = fc.tuple(fc.array(fc.constantFrom(...BLOCKS), { maxLength: 6 }), fc.constantFrom("", "\n", "\r\n\r\n"));
const edits = fc.array(
  fc.record({
    kind: fc.constantFrom("touch", "remove", "swap", "paragraph", "join", "heading"),
    at: fc.nat(7),
    word: fc.constantFrom(...WORDS),
  }),
  { minLength: 1, maxLength: 4 },
);

function apply(doc, { kind, at, word }) {
  const index = at % doc.childCount;
  const children = [...doc.children];
  const paragraph = schema.nodes.paragraph.create(null, schema.text(word));
  switch (kind) {
    case "touch":
      return doc.child(index).type === schema.nodes.source_block ? doc : (touch(doc, index, word) ?? doc);
    case "remove":
      children.splice(index, 1);
      break;
    case "swap":
      children.push(...children.splice(index, 1));
      break;
    case "paragraph":
      children.splice(index, 0, paragraph);
      break;
    case "heading":
      children.splice(index, 0, schema.nodes.heading.create({ level: 1 + (at % 4) }, schema.text(word)));
      break;
    case "join": {
      const [left, right] = [children[index], children[index + 1]];
      if (left?.type === right?.type && left.isTextblock && !left.type.spec.code) {
        children.splice(index, 2, left.copy(left.content.append(right.content)));
      }
    }
  }
  return doc.copy(
    schema.nodes.doc.create(null, children.length ? children : [schema.nodes.paragraph.create()]).content,
  );
}

/** A definition that went or was doubled takes its references with it; and its text is the person's own. */
const isWhole = (doc) => {
  const text = doc.children.map((node) => node.textContent).join("\n");
  return ["[ref]: /address", "[^n]: the note"].every((definition) => text.split(definition).length === 2);
};

test("what is written says what the editor shows", () => {
  fc.assert(
    fc.property(texts, edits, ([blocks, tail], todo) => {
      const text = ["[ref]: /address", "[^n]: the note", ...blocks].join("\n\n") + tail;
      const source = new Source();
      const before = source.read(text);
      const doc = todo.reduce(apply, before);
      fc.pre(isWhole(doc) || doc.eq(before));
      const written = source.write(doc);
      const again = new Source().read(written);
      const shown = doc.children.filter((node) => !isEmpty(node));
      const read = again.children.filter((node) => !isEmpty(node));
      const told = JSON.stringify({ text, written, doc: doc.toString(), again: again.toString() }, null, 1);
      assert.equal(read.length, shown.length, told);
      shown.forEach((node, index) => assert.ok(same(node, read[index]) || isSource(node), told));
    }),
    { numRuns: Number(process.env.RUNS ?? 400) },
  );
});

test("what was not edited keeps its bytes", () => {
  fc.assert(
    fc.property(texts, fc.nat(5), fc.constantFrom(...WORDS), ([blocks, tail], at, word) => {
      const text = blocks.join("\n\n") + tail;
      const source = new Source();
      const before = source.read(text);
      const index = at % before.childCount;
      const doc = touch(before, index, word) ?? before;
      const written = source.write(doc);
      for (const [place, block] of source.parsed.blocks.entries()) {
        if (place !== index) assert.ok(written.includes(block.source), JSON.stringify([text, written]));
      }
      // Undone, it is the same text again.
      assert.equal(source.write(before.copy(before.content)), text);
    }),
    { numRuns: Number(process.env.RUNS ?? 400) },
  );
});

const isSource = (node) => node.type === schema.nodes.source_block;
