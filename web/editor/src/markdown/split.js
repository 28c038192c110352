// Cuts a text into its top-level blocks. Blocks are whole lines; what lies between them is blank.
import { read } from "./syntax.js";

// Settings at the top of a text, as static site generators have them. They are no markdown, and are kept as they are.
const FRONT_MATTER = /^(---|\+\+\+)[ \t]*\r?\n[\w."-]+[ \t]*[:=][^]*?\r?\n\1[ \t]*(?=\r?\n|$)/;

/**
 * The blocks of a text: `[{ from, to, nodes }]`, where `nodes` are of the syntax tree and none for what is no markdown;
 * and the tree's definitions.
 */
export function split(text) {
  const from = text.startsWith("\ufeff") ? 1 : 0;
  const front = FRONT_MATTER.exec(text.slice(from));
  const start = from + (front ? front[0].length : 0);
  const tree = read(text.slice(start));
  const blocks = front ? [{ from, to: start, nodes: [] }] : [];
  for (const node of tree.children) {
    const range = {
      from: lineStart(text, start + node.position.start.offset, start),
      to: lineEnd(text, start + node.position.end.offset),
    };
    const last = blocks.at(-1);
    if (last && (range.from < last.to || continuesDefinitions(text, last, node, range))) {
      last.to = range.to;
      last.nodes.push(node);
    } else {
      blocks.push({ ...range, nodes: [node] });
    }
  }
  return { blocks: withoutGaps(text, blocks), tree, start };
}

/** Definitions on neighbouring lines are one block. */
function continuesDefinitions(text, last, node, range) {
  const isDefinition = ({ type }) => type === "definition";
  return (
    isDefinition(node) &&
    last.nodes.length > 0 &&
    last.nodes.every(isDefinition) &&
    /^(\r\n|\n|\r)$/.test(text.slice(last.to, range.from))
  );
}

/** What no block covers and is not blank becomes a block, so that nothing can be lost. */
function withoutGaps(text, blocks) {
  const all = [];
  let end = text.startsWith("\ufeff") ? 1 : 0;
  const cover = (to) => {
    const gap = text.slice(end, to);
    const found = /\S[^]*\S|\S/.exec(gap);
    if (found) {
      const from = lineStart(text, end + found.index, end);
      all.push({ from, to: lineEnd(text, end + found.index + found[0].length), nodes: [] });
    }
  };
  for (const block of blocks) {
    cover(block.from);
    all.push(block);
    end = block.to;
  }
  cover(text.length);
  return all;
}

function lineStart(text, offset, least) {
  let start = offset;
  while (start > least && text[start - 1] !== "\n" && text[start - 1] !== "\r") start -= 1;
  return start;
}

function lineEnd(text, offset) {
  let end = offset;
  // An unclosed block may end behind its last line end already.
  if (end > 0 && (text[end - 1] === "\n" || text[end - 1] === "\r")) return end;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end += 1;
  return end;
}
