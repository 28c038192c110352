// Carries an edit over into the source of a block: what the edit did not touch keeps its bytes there as well, such as
// the places where lines are broken, or which sign stands for emphasis.
//
// Both the block as it was and as it is are written in one form; what differs between the two is the edit. It is done
// again at the corresponding place of the source. Whoever calls this reads the result, and takes it only where it says
// the same as the block.
import { changes, matches } from "./diff.js";

/**
 * Where the characters of a written form are in the source: what both have in common. Null where they differ too much.
 */
export function align(written, source) {
  return matches(written, source);
}

/**
 * Sources that may say what the edit says, the likeliest first: `{ text, isSure }`. One that is sure need not be read:
 * words were put between a letter and a letter or a blank, which stand so in both forms, in a block without references,
 * tags and entities.
 */
export function* patched(source, alignment, before, after) {
  const edits = alignment && changes(before, after);
  if (!edits) return;
  const isPlain = !/[[<&]/.test(source);
  const tried = new Set();
  for (const place of [near, behind, wide]) {
    let [out, end] = ["", 0];
    for (const edit of edits) {
      const [from, to] = place(alignment, edit, source.length);
      out += source.slice(end, Math.max(from, end)) + edit.text;
      end = Math.max(to, end);
    }
    out += source.slice(end);
    if (!tried.has(out)) {
      tried.add(out);
      yield { text: out, isSure: isPlain && place === near && edits.every((edit) => isSure(alignment, source, edit)) };
    }
  }
}

const WORDS = /^ ?\p{L}+(?: \p{L}+)*$/u;

function isSure(alignment, source, { from, to, text }) {
  if (from !== to || !WORDS.test(text)) return false;
  const run = alignment.find(([left, , length]) => left < from && from < left + length);
  if (!run) return false;
  const at = run[1] + from - run[0];
  return /\p{L}/u.test(source[at - 1]) && /[\p{L} ]/u.test(source[at]);
}

/** Exactly the characters that the edit replaces; what it inserts stands behind what is before it. */
function near(alignment, { from, to }) {
  const found = within(alignment, from, to);
  return found ?? [endBefore(alignment, from), endBefore(alignment, from)];
}

/** As `near`, but what the edit inserts stands right before what follows. */
function behind(alignment, { from, to }, length) {
  const found = within(alignment, from, to);
  return found ?? [startAfter(alignment, to, length), startAfter(alignment, to, length)];
}

/** All that is between what stands before and what stands behind. */
function wide(alignment, { from, to }, length) {
  return [endBefore(alignment, from), startAfter(alignment, to, length)];
}

function within(alignment, from, to) {
  let [start, end] = [-1, -1];
  for (const [left, right, length] of alignment) {
    const [first, last] = [Math.max(left, from), Math.min(left + length, to)];
    if (first >= last) continue;
    if (start < 0) start = right + first - left;
    end = right + last - left;
  }
  return start < 0 ? null : [start, end];
}

function endBefore(alignment, offset) {
  let end = 0;
  for (const [left, right, length] of alignment) {
    if (left >= offset) break;
    end = right + Math.min(length, offset - left);
  }
  return end;
}

function startAfter(alignment, offset, last) {
  for (const [left, right, length] of alignment) {
    if (left + length > offset) return right + Math.max(0, offset - left);
  }
  return last;
}
