// From the document that is shown to one that was read, by as little as can be.

/** A transaction that makes a document of the state's; null where they have no block in common. */
export function changed(state, doc) {
  const before = state.doc;
  const least = Math.min(before.childCount, doc.childCount);
  let [first, last] = [0, 0];
  while (first < least && isSame(before.child(first), doc.child(first))) first += 1;
  while (last < least - first && isSame(fromEnd(before, last), fromEnd(doc, last))) last += 1;
  if (first + last === 0) return null;

  const transaction = state.tr;
  const [from, to] = [sizeOf(before, 0, first), sizeOf(before, 0, before.childCount - last)];
  const slice = doc.slice(sizeOf(doc, 0, first), sizeOf(doc, 0, doc.childCount - last));
  if (to > from || slice.size) transaction.replace(from, to, slice);
  // Blocks that stay may be of another place in the new text.
  doc.forEach((block, offset, index) => {
    const { origin } = block.attrs;
    const stays = index < first || index >= doc.childCount - last;
    if (stays && transaction.doc.child(index).attrs.origin !== origin) {
      transaction.setNodeAttribute(offset, "origin", origin);
    }
  });
  return transaction;
}

const fromEnd = (doc, back) => doc.child(doc.childCount - 1 - back);

function isSame(left, right) {
  if (left === right) return true;
  return left.hasMarkup(right.type, { ...right.attrs, origin: left.attrs.origin }) && left.content.eq(right.content);
}

function sizeOf(doc, from, to) {
  let size = 0;
  for (let index = from; index < to; index += 1) size += doc.child(index).nodeSize;
  return size;
}
