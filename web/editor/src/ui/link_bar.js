// The address of the link at the cursor: to look at, to change, to take off. Mod-K goes into it.
import { link, linkAt, unlink } from "../commands.js";
import { button, element } from "./element.js";
import { floatAt } from "./float.js";

export class LinkBar {
  #isNew = false;
  #address;
  #remove;

  constructor(view, labels, actions) {
    this.view = view;
    this.#address = element("input", {
      type: "text",
      inputmode: "url",
      "aria-label": labels.address,
      placeholder: "https://",
    });
    this.#address.autocomplete = "off";
    this.#address.spellcheck = false;
    const choose = button({ class: "quiet small" }, labels.linkEntry, () => {
      this.#close();
      actions.pickLink();
    });
    this.#remove = button({ class: "quiet small" }, labels.remove, () => {
      unlink(view.state, view.dispatch);
      this.#close();
      view.focus();
    });
    this.dom = element("form", { class: "link-bar", "aria-label": labels.link, hidden: "" });
    this.dom.append(
      this.#address,
      element("button", { type: "submit", class: "small" }, labels.apply),
      choose,
      this.#remove,
    );
    this.dom.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#apply();
    });
    this.dom.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.#close();
      view.focus();
    });
    this.dom.addEventListener("focusout", (event) => {
      if (!this.dom.contains(event.relatedTarget)) {
        this.#isNew = false;
        this.update();
      }
    });
  }

  /** Goes into the address. */
  open() {
    this.#isNew = linkAt(this.view.state) === null;
    this.#show(linkAt(this.view.state));
    this.#address.focus();
    this.#address.select();
  }

  /** Follows the cursor. */
  update() {
    if (this.dom.contains(document.activeElement) || this.#isNew) return;
    const { state } = this.view;
    const at = state.selection.empty ? linkAt(state) : null;
    if (at && this.view.hasFocus()) this.#show(at);
    else if (!this.dom.hidden) this.dom.hidden = true;
  }

  destroy() {
    this.dom.remove();
  }

  #show(at) {
    this.#address.value = at?.mark.attrs.href ?? "";
    this.#remove.hidden = !at;
    this.dom.hidden = false;
    floatAt(this.view, this.dom, at?.from ?? this.view.state.selection.from);
  }

  #apply() {
    const href = this.#address.value.trim();
    if (href) link({ href })(this.view.state, this.view.dispatch);
    else unlink(this.view.state, this.view.dispatch);
    this.#close();
    this.view.focus();
  }

  #close() {
    this.#isNew = false;
    this.dom.hidden = true;
  }
}
