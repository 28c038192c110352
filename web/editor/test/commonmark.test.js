// Every example of CommonMark, opened and touched.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tests } from "commonmark-spec";
import { same } from "../src/markdown/normalize.js";
import { Source } from "../src/markdown/source.js";
import { schema } from "../src/schema.js";
import { touched } from "./touch.js";

const examples = tests.map(({ markdown, number }) => ({ number, markdown: markdown.replace(/→/g, "\t") }));

// A tag alone on its line is a block and not a line within a paragraph: either is its text in this CMS.
const TEXT_EITHER_WAY = [613, 614, 615, 616, 642, 643];

/** A word within a definition or a comment changes what it is. */
function holdsSource(node) {
  return node.type === schema.nodes.source_block || node.children.some(holdsSource);
}

test("a text that is only opened keeps its bytes", () => {
  for (const { markdown } of examples) {
    for (const text of [markdown, markdown.replace(/\n/g, "\r\n"), `\ufeff${markdown}`, `${markdown}\n\n`]) {
      const source = new Source();
      assert.equal(source.write(source.read(text)), text);
    }
  }
});

test("a block that is touched changes alone", () => {
  for (const { markdown, number } of examples) {
    const source = new Source();
    const doc = source.read(markdown);
    for (let index = 0; index < source.parsed.blocks.length; index += 1) {
      const outcome = touched(source, doc, index);
      if (!outcome) continue;
      assert.ok(outcome.isAround, `example ${number}: ${JSON.stringify([markdown, outcome.text])}`);
      if (holdsSource(outcome.node) || TEXT_EITHER_WAY.includes(number)) continue;
      const again = new Source().read(outcome.text);
      const found = again.childCount === doc.childCount && same(again.child(index), outcome.node);
      assert.ok(found, `example ${number}: ${JSON.stringify([markdown, outcome.text])}`);
    }
  }
});

test("a block that is written anew says the same", () => {
  for (const { markdown, number } of examples) {
    const source = new Source();
    source.read(markdown);
    for (const { node } of source.parsed.blocks) {
      if (node.type === schema.nodes.source_block || TEXT_EITHER_WAY.includes(number)) continue;
      const text = source.fresh(node);
      // A link without a text is nothing that could be seen or edited.
      assert.ok(!text || source.says(text, node), `example ${number}: ${JSON.stringify([markdown, text])}`);
    }
  }
});
