// The text behind a document: which bytes each top-level node stands for, and what an edited one is written as.
//
// What is always so: a node that is as it was parsed gives its source, byte for byte; a text whose document did not
// change is itself.
import { Fragment } from "prosemirror-model";
import { schema } from "../schema.js";
import { Joiner } from "./join.js";
import { isEmpty, normalize, same } from "./normalize.js";
import { parse } from "./parse.js";
import { align, patched } from "./patch.js";
import { write } from "./syntax.js";
import { tree } from "./to_tree.js";

/** Beyond this an edited block is written anew without looking for a smaller change: a key must not wait. */
const MAX_PATCHED = 40_000;

/** So many texts that Undo may bring back are remembered as they were, to their last blank line. */
const MAX_BEFORE = 20;

export class Source {
  #entries = new Map();
  #written = new WeakMap();
  #before = [];
  #next = 1;

  /**
   * Begins with a text. `keep`: the document before, whose blocks stay where they are the same; `returns`: Undo may bring
   * all of it back.
   * @returns the document of the text, to be given to the editor.
   */
  read(text, keep = null, { returns = false } = {}) {
    const parsed = parse(text);
    const kept = keep ? this.#keptBlocks(keep, parsed.blocks) : [];
    const known = new Map(this.#entries);
    if (returns) this.#before = [{ doc: keep, text: this.write(keep) }, ...this.#before].slice(0, MAX_BEFORE);
    // Of another text nothing comes back.
    else if (!kept.some(Boolean)) {
      this.#entries.clear();
      this.#before = [];
    }
    let last = null;
    const children = parsed.blocks.map((block, index) => {
      const id = kept[index] ?? this.#next++;
      const node = block.node.type.create({ ...block.node.attrs, origin: id }, block.node.content, block.node.marks);
      const entry = {
        id,
        node: kept[index] ? known.get(id).node : node,
        source: block.source,
        before: block.before,
      };
      entry.previous = last?.id ?? null;
      entry.isLast = index === parsed.blocks.length - 1;
      // What a text begins and ends with comes back with its first and last block.
      entry.leading = index === 0 ? parsed.leading : null;
      entry.tail = entry.isLast ? parsed.tail : null;
      this.#entries.set(id, entry);
      last = entry;
      return entry.node;
    });
    this.text = text;
    this.parsed = parsed;
    this.eol = /\r\n/.test(text) ? "\r\n" : "\n";
    // What stands for a node depends on the text that it is in.
    this.#written = new WeakMap();
    this.doc = schema.nodes.doc.create(null, children.length ? children : [schema.nodes.paragraph.create()]);
    return this.doc;
  }

  /** The text of a document. */
  write(doc) {
    if (doc.eq(this.doc)) return this.text;
    const before = this.#before.find((before) => before.doc.eq(doc));
    if (before) return before.text;
    const joiner = new Joiner(this);
    const seen = new Set();
    for (const node of doc.children) {
      const entry = seen.has(node.attrs.origin) ? null : (this.#entries.get(node.attrs.origin) ?? null);
      if (entry) seen.add(entry.id);
      const isSource = entry !== null && entry.node.eq(node);
      if (!isSource && isEmpty(node)) continue;
      joiner.add({ node, entry, isSource, text: isSource ? entry.source : this.#edited(node, entry) });
    }
    const of = (node) => this.#entries.get(node?.attrs.origin);
    const leading = of(doc.firstChild)?.leading ?? this.parsed.leading;
    const tail = of(doc.lastChild)?.tail ?? this.parsed.tail;
    const { blocks } = this.parsed;
    const text = joiner.finish();
    return (blocks.length ? leading : "") + text + (text ? tail : "");
  }

  /** A node written anew, as if it had no source. `marker`: the sign of a list. */
  fresh(node, marker = node.attrs.marker) {
    if (node.type === schema.nodes.source_block) return this.lines(node.textContent);
    const form = normalize(node);
    const attrs = marker === undefined ? form.attrs : { ...form.attrs, marker };
    return this.lines(write(tree(form.type.create(attrs, form.content))));
  }

  /** A text with the line ends of this one. */
  lines(text) {
    return this.eol === "\n" ? text : text.replace(/\n/g, this.eol);
  }

  /** Whether a text, read by itself, is this block and nothing else. */
  says(text, node) {
    const { blocks } = parse(text + this.#referred(text, node));
    return blocks.length > 0 && blocks[0].source === text && same(blocks[0].node, node);
  }

  /** What the references in a text may need to be read. */
  #referred(text, node) {
    if (!text.includes("[")) return "";
    const references = new Map(this.parsed.references);
    // A footnote that was just made has its definition elsewhere in the document.
    node.descendants(({ type, attrs }) => {
      if (type === schema.nodes.footnote_reference)
        references.set(`^${attrs.label.toLowerCase()}`, `[^${attrs.label}]: x`);
    });
    // As references are compared: ẞ is SS.
    const words = text.toLowerCase().toUpperCase().toLowerCase().replace(/\s+/g, " ");
    const needed = [...references].filter(([name]) => words.includes(name)).map(([, definition]) => definition);
    return ["", ...needed].join("\n\n");
  }

  #edited(node, entry) {
    let text = this.#written.get(node);
    if (text === undefined) {
      text = this.#patched(node, entry) ?? this.#checked(node);
      this.#written.set(node, text);
    }
    return text;
  }

  /** HTML within a line that was edited may be none any more: then it is written as the text that it is. */
  #checked(node) {
    const text = this.fresh(node);
    if (!hasRaw(node) || this.says(text, node)) return text;
    return this.fresh(withoutRaw(node));
  }

  #patched(node, entry) {
    if (!entry || entry.node.type !== node.type || entry.source.length > MAX_PATCHED) return null;
    if (node.type === schema.nodes.source_block) return null;
    entry.fresh ??= this.fresh(entry.node);
    if (entry.fresh === entry.source) return null;
    entry.alignment ??= align(entry.fresh, entry.source);
    const after = this.fresh(node);
    for (const { text, isSure } of patched(entry.source, entry.alignment, entry.fresh, after)) {
      if (isSure || this.says(text, node)) return text;
    }
    return null;
  }

  /** For each new block the number of the old one that it is, where a text begins or ends as the document does. */
  #keptBlocks(doc, blocks) {
    const old = doc.children.map((node) => {
      const entry = this.#entries.get(node.attrs.origin);
      return entry && entry.node.eq(node) ? entry : null;
    });
    const kept = [];
    const isSame = (entry, block) => entry && block && entry.source === block.source && same(entry.node, block.node);
    let start = 0;
    while (isSame(old[start], blocks[start])) kept[start] = old[start++].id;
    for (let back = 1; blocks.length - back >= start && old.length - back >= start; back += 1) {
      const [entry, index] = [old[old.length - back], blocks.length - back];
      if (!isSame(entry, blocks[index])) break;
      kept[index] = entry.id;
    }
    return kept;
  }
}

const { raw } = schema.marks;

function hasRaw(node) {
  return raw.isInSet(node.marks) !== undefined || node.children.some(hasRaw);
}

function withoutRaw(node) {
  if (node.isText) return node.mark(raw.removeFromSet(node.marks));
  return node.copy(Fragment.fromArray(node.children.map(withoutRaw)));
}
