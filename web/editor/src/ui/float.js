// Places what floats beside the text: below a position, within the width of the editor. Styles are set one by one,
// which the page's policy allows.

export function floatAt(view, dom, position) {
  const host = dom.parentElement;
  if (!host) return;
  let at;
  try {
    at = view.coordsAtPos(position);
  } catch {
    // The position is not drawn yet.
    return;
  }
  const frame = host.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = dom;
  const most = Math.max(0, frame.width - width);
  const left = Math.min(Math.max(0, at.left - frame.left), most);
  const isBelow = at.bottom + height + 8 < window.innerHeight || at.top < height + 8;
  dom.style.left = `${left}px`;
  dom.style.top = `${(isBelow ? at.bottom + 6 : at.top - height - 6) - frame.top}px`;
}
