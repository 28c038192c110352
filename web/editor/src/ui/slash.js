// The menu behind a slash: a listbox that the text's own focus moves in (ARIA, aria-activedescendant).
import { Plugin, PluginKey } from "prosemirror-state";
import { schema } from "../schema.js";
import { element, freshId } from "./element.js";
import { floatAt } from "./float.js";
import { slashItems } from "./slash_items.js";

const key = new PluginKey("slash");

export function slash(labels, actions) {
  const items = slashItems(labels);
  const id = freshId("slash");
  const found = (state) => {
    const open = key.getState(state);
    if (!open) return [];
    const query = open.query.toLowerCase();
    return items.filter(({ text }) => text.toLowerCase().includes(query));
  };
  const run = (view, item) => {
    const { from } = key.getState(view.state);
    view.dispatch(view.state.tr.delete(from, view.state.selection.from).setMeta(key, null));
    if (item.act) actions[item.act]();
    else item.run(view.state, view.dispatch);
    view.focus();
  };

  return new Plugin({
    key,
    state: { init: () => null, apply },
    props: {
      attributes: (state) => {
        const open = key.getState(state);
        if (!open || !found(state).length) return null;
        return { "aria-controls": id, "aria-haspopup": "listbox", "aria-activedescendant": `${id}-${open.index}` };
      },
      handleTextInput(view, from, to, text) {
        if (text !== "/" || view.composing || !canOpen(view.state, from)) return false;
        view.dispatch(view.state.tr.insertText("/", from, to).setMeta(key, { from, query: "", index: 0 }));
        return true;
      },
      handleKeyDown(view, event) {
        const open = key.getState(view.state);
        if (!open || event.isComposing) return false;
        const list = found(view.state);
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (event.key === "Escape") {
          view.dispatch(view.state.tr.setMeta(key, null));
        } else if (step && list.length) {
          const index = (open.index + step + list.length) % list.length;
          view.dispatch(view.state.tr.setMeta(key, { ...open, index }));
        } else if ((event.key === "Enter" || event.key === "Tab") && list.length) {
          run(view, list[open.index]);
        } else {
          return false;
        }
        return true;
      },
      handleDOMEvents: {
        blur(view) {
          if (key.getState(view.state)) view.dispatch(view.state.tr.setMeta(key, null));
          return false;
        },
      },
    },
    view: (view) => new Menu(view, { id, found, run, label: labels.insert }),
  });
}

function canOpen(state, from) {
  const $from = state.doc.resolve(from);
  const { parent } = $from;
  if (parent.type !== schema.nodes.paragraph || $from.marks().some(({ type }) => type.spec.code)) return false;
  const before = parent.textBetween(0, $from.parentOffset, null, "\ufffc");
  return before === "" || /\s$/.test(before);
}

function apply(transaction, open) {
  const set = transaction.getMeta(key);
  if (set !== undefined) return set;
  if (!open) return null;
  const from = transaction.mapping.map(open.from, -1);
  const { empty, $from } = transaction.selection;
  if (!empty || $from.pos <= from || from < $from.start()) return null;
  const text = transaction.doc.textBetween(from, $from.pos, "\n", "\ufffc");
  if (!/^\/[^\s/]*$/.test(text)) return null;
  const query = text.slice(1);
  return { from, query, index: query === open.query ? open.index : 0 };
}

class Menu {
  constructor(view, menu) {
    this.menu = menu;
    // A stop for Tab only in name: the text keeps the focus, and takes Tab for the choice.
    const attributes = {
      class: "slash",
      role: "listbox",
      id: menu.id,
      "aria-label": menu.label,
      tabindex: "0",
      hidden: "",
    };
    this.dom = element("div", attributes);
    this.dom.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) menu.run(view, menu.found(view.state)[Number(option.dataset.index)]);
    });
  }

  update(view) {
    const open = key.getState(view.state);
    const list = this.menu.found(view.state);
    this.dom.hidden = !open || !list.length;
    if (this.dom.hidden) return;
    // The editor's own frame, which is there only once it is mounted.
    if (!this.dom.parentElement) view.dom.parentElement.append(this.dom);
    this.dom.replaceChildren(
      ...list.map(({ text, sign }, index) =>
        element(
          "div",
          {
            role: "option",
            id: `${this.menu.id}-${index}`,
            "aria-selected": String(index === open.index),
            "data-index": index,
          },
          element("span", { class: "sign", "aria-hidden": "true" }, sign),
          text,
        ),
      ),
    );
    floatAt(view, this.dom, open.from);
    this.dom.children[open.index].scrollIntoView({ block: "nearest" });
  }

  destroy() {
    this.dom.remove();
  }
}
