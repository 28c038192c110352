// A picture with its alternative text. `media:<id>` is no address: the API tells where its renditions are.

const known = new Map();

export function imageView(labels) {
  return (node, view, position) => {
    const dom = document.createElement("span");
    dom.className = "picture";
    const picture = document.createElement("img");
    const alt = document.createElement("input");
    alt.setAttribute("aria-label", labels.alt);
    alt.placeholder = labels.alt;
    alt.autocomplete = "off";
    dom.append(picture, alt);

    const take = () => {
      const at = position();
      const now = view.state.doc.nodeAt(at);
      if (now && now.attrs.alt !== alt.value) view.dispatch(view.state.tr.setNodeAttribute(at, "alt", alt.value));
    };
    alt.addEventListener("input", (event) => event.isComposing || take());
    alt.addEventListener("compositionend", take);
    alt.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      view.focus();
    });

    const { type } = node;
    let src = null;
    const show = ({ attrs }) => {
      picture.alt = attrs.alt;
      if (document.activeElement !== alt) alt.value = attrs.alt;
      alt.disabled = !view.editable;
      if (attrs.src === src) return;
      src = attrs.src;
      dom.dataset.src = src;
      dom.classList.add("waiting");
      const wanted = src;
      addressOf(src).then((address) => {
        if (wanted !== src) return;
        dom.classList.toggle("waiting", !address);
        if (address) picture.src = address;
        else picture.removeAttribute("src");
      });
    };
    picture.addEventListener("error", () => dom.classList.add("waiting"));
    show(node);

    return {
      dom,
      update(next) {
        if (next.type !== type) return false;
        show(next);
        return true;
      },
      stopEvent: (event) => event.target === alt,
      ignoreMutation: () => true,
    };
  };
}

/**
 * Where a picture can be loaded from; null where it cannot be shown: the page's policy has pictures of this site only.
 */
function addressOf(src) {
  if (!src.startsWith("media:")) {
    const isOurs = /^\/(?!\/)/.test(src) || src.startsWith(`${location.origin}/`);
    return Promise.resolve(isOurs ? src : null);
  }
  const id = src.slice("media:".length);
  if (!known.has(id)) {
    const asked = ask(id);
    known.set(id, asked);
    // A picture that is not ready yet is asked for again the next time.
    asked.then((address) => address ?? known.delete(id));
  }
  return known.get(id);
}

async function ask(id) {
  try {
    const answer = await fetch(`/api/v1/media/${encodeURIComponent(id)}`, { headers: { accept: "application/json" } });
    if (!answer.ok) return null;
    const { renditions = [] } = await answer.json();
    const shown = renditions.filter(({ type }) => type?.startsWith("image/")).sort((a, b) => a.width - b.width);
    return (shown.find(({ width }) => width >= 640) ?? shown.at(-1))?.url ?? null;
  } catch {
    return null;
  }
}
