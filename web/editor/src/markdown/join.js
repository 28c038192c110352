// Puts blocks one behind the other, so that none changes what its neighbour means.
//
// Two blocks that were neighbours and are as they were keep what stood between them. Elsewhere a blank line parts
// blocks, which is not enough for some: a list would continue the list before it, an indented line would belong to the
// item before it, and a fence or a comment that was never closed would take in all that follows.
import { schema } from "../schema.js";
import { parse } from "./parse.js";

const { nodes } = schema;

export class Joiner {
  #blocks = [];

  constructor(source) {
    this.source = source;
  }

  /** @param block `{ node, entry, isSource, text }` */
  add(block) {
    this.#blocks.push(block);
  }

  /** The text. */
  finish() {
    let out = "";
    let last = null;
    this.#blocks.forEach((block, index) => {
      if (last) out += this.#gap(last, block, this.#blocks[index + 1]);
      else if (!block.isSource) this.#part(null, block, this.#blocks[index + 1]);
      out += block.text;
      last = block;
    });
    return out;
  }

  /** What parts two blocks. May write the second one otherwise. */
  #gap(left, right, next) {
    const wereNeighbours =
      isAsBefore(left) && isAsBefore(right) && right.entry.previous === left.entry.id && !left.rewritten;
    if (wereNeighbours && left.isSource && right.isSource) return right.entry.before;
    const closing = this.#close(left);
    if (!wereNeighbours) this.#part(left, right, next);
    const blank = this.source.eol + this.source.eol;
    const gap = wereNeighbours ? right.entry.before : blank;
    // Fewer lines than a blank one part some blocks and not others: reading them tells.
    if (closing || !(isBlank(gap) || this.#parts(left.text, gap, right.text))) return closing + blank;
    return gap;
  }

  #parts(left, gap, right) {
    const alone = parse(left).blocks;
    const both = parse(left + gap + right).blocks;
    const index = both.findIndex((_, at) => at === alone.length);
    return (
      index > 0 &&
      both[index].source.startsWith(firstLine(right)) &&
      both.slice(0, index).every((block, at) => block.source === alone[at].source)
    );
  }

  /** A closing line for a block that has none, which only the last block of a text can lack. */
  #close({ node, entry, isSource, text }) {
    const mayBeOpen = (isSource && entry.isLast) || node.type === nodes.source_block;
    if (!mayBeOpen || !(node.type === nodes.code_block || node.type === nodes.source_block)) return "";
    const probe = "x";
    const isClosed = (ending) =>
      parse(text + ending + this.source.eol.repeat(2) + probe).blocks.at(-1)?.source === probe;
    if (isClosed("")) return "";
    const fence = /^[ \t]*(`{3,}|~{3,})/.exec(text)?.[1] ?? "";
    const eol = /[\r\n]$/.test(text) ? "" : this.source.eol;
    const endings = [fence, "-->", "?>", "]]>", ">", "</pre>", "</script>", "</style>", "</textarea>"];
    const ending = endings.filter(Boolean).find((end) => isClosed(eol + end));
    return ending ? eol + ending : "";
  }

  /** Writes the second of two blocks so that it does not continue the first. */
  #part(left, right, next) {
    const write = (text) => {
      right.text = text;
      right.rewritten = true;
    };
    if (left && /^[ \t]/.test(right.text)) {
      const isSource = right.node.type === nodes.source_block;
      write(isSource ? right.text.trimStart() : this.source.fresh(right.node));
    }
    if (!isList(right.node)) return;
    const own = markerOf(right);
    const taken = [left, next && next.isSource ? next : null]
      .filter((other) => other && other.node.type === right.node.type)
      .map((other) => markerOf(other));
    // A list that is as it was moves only for the one before it.
    if (!taken.includes(own) || (right.isSource && markerOf(left ?? right, right) !== own)) return;
    const signs = right.node.type === nodes.ordered_list ? [".", ")"] : ["-", "*", "+"];
    const free = signs.find((sign) => !taken.includes(sign)) ?? signs.find((sign) => sign !== taken[0]);
    write(this.source.fresh(right.node, free));
    right.marker = free;
  }
}

/** An edited block is of the kind that it was. */
const isAsBefore = ({ node, entry }) => entry !== null && entry.node.type === node.type;
const isBlank = (gap) => gap.split(/\r\n|\n|\r/).length > 2;
const firstLine = (text) => text.split(/[\r\n]/, 1)[0];
const isList = (node) => node.type === nodes.bullet_list || node.type === nodes.ordered_list;

/** The sign of a list; undefined for a block that is of another type than `like`. */
function markerOf(block, like = block) {
  return block.node.type === like.node.type ? (block.marker ?? block.node.attrs.marker) : undefined;
}
