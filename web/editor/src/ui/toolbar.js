// The bar of tools: one stop for Tab, the arrows move within (ARIA Authoring Practices, toolbar).
import { isInTable } from "prosemirror-tables";
import { heading, paragraph } from "../commands.js";
import { schema } from "../schema.js";
import { button, element } from "./element.js";
import { groups, tableGroup } from "./tools.js";

const LEVELS = [1, 2, 3, 4];

/** Sets an attribute where it says something else: who listens to the page hears of changes alone. */
function say(dom, name, value) {
  if (dom.getAttribute(name) !== String(value)) dom.setAttribute(name, String(value));
}

export class Toolbar {
  #buttons = [];

  constructor(view, labels, actions) {
    this.view = view;
    this.dom = element("div", { class: "toolbar", role: "toolbar", "aria-label": labels.formatting });
    this.#style = this.#styles(labels);
    const always = element("div", { class: "tools-row" }, this.#style);
    for (const group of groups) always.append(this.#group(group, labels, actions));
    this.#table = element("div", { class: "tools-row", role: "group", "aria-label": labels.table });
    this.#table.append(this.#group(tableGroup, labels, actions));
    this.dom.append(always, this.#table);
    this.dom.addEventListener("keydown", (event) => this.#move(event));
    this.dom.addEventListener("focusin", (event) => this.#stopAt(event.target));
    this.#stopAt(this.#style);
  }

  #style;
  #table;

  /** Shows what is true where the cursor is. */
  update() {
    const { state, editable } = this.view;
    for (const { dom, tool } of this.#buttons) {
      if (tool.pressed) say(dom, "aria-pressed", tool.pressed(state));
      const isEnabled = editable && (tool.enabled ? tool.enabled(state) : tool.run ? tool.run(state) : true);
      say(dom, "aria-disabled", !isEnabled);
    }
    const isOutside = !isInTable(state);
    if (this.#table.hidden !== isOutside) this.#table.hidden = isOutside;
    const { parent } = state.selection.$from;
    const level = parent.type === schema.nodes.heading ? parent.attrs.level : 0;
    this.#style.value = String(level);
    if (this.#table.hidden && this.#table.contains(this.dom.querySelector('[tabindex="0"]'))) this.#stopAt(this.#style);
  }

  #styles(labels) {
    const style = element("select", { class: "tool style", "aria-label": labels.heading });
    style.append(element("option", { value: "0" }, labels.paragraph));
    for (const level of LEVELS) style.append(element("option", { value: level }, `${labels.heading} ${level}`));
    style.addEventListener("change", () => {
      const level = Number(style.value);
      (level ? heading(level) : paragraph)(this.view.state, this.view.dispatch);
      this.view.focus();
      this.update();
    });
    return style;
  }

  #group(tools, labels, actions) {
    const group = element("span", { class: "tools-group" });
    for (const tool of tools) {
      const name = labels[tool.label];
      // The sign is drawn by the style sheet: it is no text that a reader of the screen should hear.
      const attributes = { class: `tool ${tool.label}`, title: name, "aria-label": name, "data-sign": tool.sign };
      const dom = button({ ...attributes, tabindex: "-1" }, "", () => {
        if (tool.act) return actions[tool.act]();
        tool.run(this.view.state, this.view.dispatch, this.view);
        this.view.focus();
      });
      this.#buttons.push({ dom, tool });
      group.append(dom);
    }
    return group;
  }

  #stops() {
    return [...this.dom.querySelectorAll(".tool")].filter((dom) => !dom.closest("[hidden]"));
  }

  #move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: 0, End: 0 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const stops = this.#stops();
    const way = getComputedStyle(this.dom).direction === "rtl" ? -step : step;
    const here = stops.indexOf(document.activeElement);
    const next = event.key === "Home" ? 0 : event.key === "End" ? stops.length - 1 : here + way;
    event.preventDefault();
    stops[(next + stops.length) % stops.length].focus();
  }

  #stopAt(target) {
    if (!target.classList?.contains("tool")) return;
    for (const stop of this.dom.querySelectorAll(".tool")) stop.tabIndex = stop === target ? 0 : -1;
  }
}
