// Reads a text into the editor's top-level nodes, each with the source that it stands for.
import { block, sourceBlock } from "./from_tree.js";
import { split } from "./split.js";
import { write } from "./syntax.js";

/**
 * `{ blocks: [{ node, source, before }], leading, tail, context }`: the text is `leading`, then each block's `before`
 * (nothing for the first) and `source`, then `tail`. `references` has, by its identifier, what each reference needs to
 * be read.
 */
export function parse(text) {
  try {
    return blocksOf(text, split(text));
  } catch {
    // Nothing that a person wrote may stop the editor, such as ten thousand quotes within each other.
    return blocksOf(text, {
      blocks: text.trim() ? [{ from: 0, to: text.length, nodes: [] }] : [],
      tree: { children: [] },
      start: 0,
    });
  }
}

function blocksOf(text, cut) {
  const definitions = new Map();
  const references = new Map();
  collect(cut.tree, definitions, references);
  const context = { text, start: cut.start, definitions };
  let end = 0;
  const blocks = cut.blocks.map(({ from, to, nodes }, index) => {
    const source = text.slice(from, to);
    const before = index ? text.slice(end, from) : "";
    end = to;
    return { node: convert(nodes, source, context), source, before };
  });
  return {
    blocks,
    leading: cut.blocks.length ? text.slice(0, cut.blocks[0].from) : text,
    tail: cut.blocks.length ? text.slice(end) : "",
    references,
  };
}

/** Blocks that refer to nothing the editor could offer are shown as their source. */
const OPAQUE = ["html", "definition", "footnoteDefinition"];

function convert(nodes, source, context) {
  if (nodes.length !== 1 || OPAQUE.includes(nodes[0].type)) return sourceBlock(source);
  try {
    const node = block(nodes[0], context);
    node.check();
    return node;
  } catch {
    return sourceBlock(source);
  }
}

/** The first definition of a name holds (CommonMark, link reference definitions). */
function collect(tree, definitions, references) {
  for (const node of tree.children ?? []) {
    if (node.type === "definition" && !definitions.has(node.identifier)) {
      definitions.set(node.identifier, node);
      references.set(node.identifier, write(node));
    }
    if (node.type === "footnoteDefinition") {
      const name = `^${node.identifier}`; // as the text refers to it
      if (!references.has(name)) references.set(name, `[^${node.label}]: x`);
    }
    collect(node, definitions, references);
  }
}
