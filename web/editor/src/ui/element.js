// An element of the editor's own controls.

export function element(name, attributes = {}, ...children) {
  const dom = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) dom.setAttribute(key, value);
  }
  dom.append(...children);
  return dom;
}

/** A button that leaves the text its focus until it is pressed. */
export function button(attributes, label, onPress) {
  const dom = element("button", { type: "button", ...attributes }, label);
  dom.addEventListener("mousedown", (event) => event.preventDefault());
  dom.addEventListener("click", () => dom.getAttribute("aria-disabled") === "true" || onPress());
  return dom;
}

let last = 0;
export const freshId = (name) => `editor-${name}-${(last += 1)}`;
