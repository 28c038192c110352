// Where this editor writes markdown otherwise than mdast-util-to-markdown does.
import { defaultHandlers } from "mdast-util-to-markdown";

export const handlers = {
  // A list keeps the sign that it had: the library knows one for all lists.
  list(node, parent, state, info) {
    const { bullet, bulletOrdered } = state.options;
    if (node.marker) state.options[node.ordered ? "bulletOrdered" : "bullet"] = node.marker;
    try {
      return defaultHandlers.list(node, parent, state, info);
    } finally {
      Object.assign(state.options, { bullet, bulletOrdered });
    }
  },

  // What never begins or ends emphasis stays readable: an underscore within a word (snake_case), a sign between blanks.
  text(node, parent, state, info) {
    const text = defaultHandlers.text(node, parent, state, info);
    return text.replace(/(?<=[\p{L}\p{N}])\\_(?=[\p{L}\p{N}])/gu, "_").replace(/(?<=[^\s\\] )\\([*_])(?= )/g, "$1");
  },
};
