// Myers' difference (An O(ND) Difference Algorithm and Its Variations, 1986) of two texts, by characters.

/** Texts that differ in more places than this are not worth the time of a key. */
const MAX_DIFFERENCES = 800;

/**
 * The changes that lead from one text to another, in their order: `[{ from, to, text }]`, where `from` and `to` are
 * offsets in the first. Null where the texts differ too much.
 */
export function changes(left, right) {
  const pairs = matches(left, right);
  if (!pairs) return null;
  const out = [];
  let [from, to] = [0, 0];
  for (const [start, target, length] of [...pairs, [left.length, right.length, 0]]) {
    if (start > from || target > to) out.push({ from, to: start, text: right.slice(to, target) });
    [from, to] = [start + length, target + length];
  }
  return out;
}

/** What both texts have: `[[offset left, offset right, length]]` in order. Null where they differ too much. */
export function matches(left, right) {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
  }
  const between = middle(left.slice(start, leftEnd), right.slice(start, rightEnd));
  if (!between) return null;
  const out = start ? [[0, 0, start]] : [];
  for (const [from, to, length] of between) out.push([from + start, to + start, length]);
  if (leftEnd < left.length) out.push([leftEnd, rightEnd, left.length - leftEnd]);
  return out;
}

function middle(left, right) {
  const [n, m] = [left.length, right.length];
  if (!n || !m) return [];
  const most = Math.min(n + m, MAX_DIFFERENCES);
  const reach = new Int32Array(2 * most + 3);
  const trace = [];
  for (let d = 0; d <= most; d += 1) {
    trace.push(reach.slice(most + 1 - d - 1, most + 1 + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const at = most + 1 + k;
      const down = k === -d || (k !== d && reach[at - 1] < reach[at + 1]);
      let x = down ? reach[at + 1] : reach[at - 1] + 1;
      let y = x - k;
      while (x < n && y < m && left[x] === right[y]) {
        x += 1;
        y += 1;
      }
      reach[at] = x;
      if (x >= n && y >= m) return back(trace, n, m);
    }
  }
  return null;
}

/** Walks the trace back and gathers the diagonals. */
function back(trace, n, m) {
  const out = [];
  let [x, y] = [n, m];
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const reach = (k) => trace[d][k + d + 1];
    const k = x - y;
    const down = k === -d || (k !== d && reach(k - 1) < reach(k + 1));
    const before = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : reach(before);
    const fromY = d === 0 ? 0 : fromX - before;
    const startX = d === 0 ? 0 : down ? fromX : fromX + 1;
    const length = x - startX;
    if (length) out.push([startX, y - length, length]);
    [x, y] = [fromX, fromY];
  }
  return out.reverse();
}
