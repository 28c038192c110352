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

  // Addresses have ampersands.
  link: (node, parent, state, info) => plainAddress(defaultHandlers.link(node, parent, state, info)),
  image: (node, parent, state, info) => plainAddress(defaultHandlers.image(node, parent, state, info)),

  // What never begins or ends emphasis stays readable: an underscore within a word (snake_case), a sign between blanks.
  text(node, parent, state, info) {
    const text = defaultHandlers.text(node, parent, state, info);
    return plainAmpersands(text).replace(/(?<=[\p{L}\p{N}])\\_(?=[\p{L}\p{N}])/gu, "_").replace(/(?<=[^\s\\] )\\([*_])(?= )/g, "$1");
  },
};

/** An ampersand is a character reference's only where one ends in a semicolon; elsewhere it stays readable. */
function plainAmpersands(markdown) {
  return markdown.replace(/(?<!\\)((?:\\\\)*)\\&(?!#?[a-z\d]+;)/gi, "$1&");
}

/** The same for what stands in the parentheses of a link: its text may be code. */
function plainAddress(markdown) {
  const at = markdown.lastIndexOf("](");
  return at < 0 ? markdown : markdown.slice(0, at) + plainAmpersands(markdown.slice(at));
}
