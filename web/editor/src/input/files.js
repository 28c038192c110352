// Files that were pasted or dropped. The app uploads them and says later what stands for each; until then the place
// is kept, wherever the person goes on writing.
import { Plugin, PluginKey } from "prosemirror-state";
import { schema } from "../schema.js";

const key = new PluginKey("files");

/** Keeps the places where files were dropped. */
export function files() {
  return new Plugin({
    key,
    state: {
      init: () => new Map(),
      apply(transaction, places) {
        const added = transaction.getMeta(key);
        if (!added && (!transaction.docChanged || !places.size)) return places;
        const moved = [...places].map(([id, position]) => [id, transaction.mapping.map(position, -1)]);
        return new Map(added ? [...moved, added] : moved);
      },
    },
  });
}

/** Tells the app of files, by the bubbling event `parapet:files` with `{ files, insert(src, alt) }`. */
export function sendFiles(view, list) {
  const id = {};
  view.dispatch(view.state.tr.setMeta(key, [id, view.state.selection.to]));
  const insert = (src, alt) => {
    // The editor may be gone by now.
    if (view.isDestroyed) return;
    const { state } = view;
    const at = Math.min(key.getState(state).get(id) ?? state.selection.to, state.doc.content.size);
    const picture = schema.nodes.image.create({ src, alt: alt ?? "" });
    const inLine = state.doc.resolve(at).parent.inlineContent;
    const block = inLine ? picture : schema.nodes.paragraph.create(null, picture);
    // The next one stands behind it.
    view.dispatch(state.tr.insert(at, block).setMeta(key, [id, at + block.nodeSize]));
  };
  view.dom.dispatchEvent(new CustomEvent("parapet:files", { bubbles: true, detail: { files: list, insert } }));
  return true;
}
