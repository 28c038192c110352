// A block of code with its language, and a block that is shown as its markdown.
import { TextSelection } from "prosemirror-state";

export function codeBlockView(labels) {
  return (node, view, position) => {
    const parts = frame("code-block", "info");
    const language = document.createElement("input");
    language.setAttribute("aria-label", labels.language);
    language.placeholder = labels.language;
    language.spellcheck = false;
    language.autocapitalize = "none";
    language.autocomplete = "off";
    language.value = node.attrs.info;
    // Grows with what is typed, where the browser can.
    language.size = 12;
    const take = () => {
      const at = position();
      const info = language.value.trim();
      const now = view.state.doc.nodeAt(at);
      if (now && now.attrs.info !== info) view.dispatch(view.state.tr.setNodeAttribute(at, "info", info));
    };
    language.addEventListener("change", take);
    language.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      take();
      view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(position() + 1))));
      view.focus();
    });
    parts.head.append(language);
    return {
      ...withUpdates(parts, node.type, (next) => {
        if (document.activeElement !== language) language.value = next.attrs.info;
        language.disabled = !view.editable;
      }),
      stopEvent: (event) => event.target === language,
    };
  };
}

export function sourceBlockView(labels) {
  return (node) => {
    const parts = frame("source-block", "info");
    parts.head.textContent = labels.markdown;
    return withUpdates(parts, node.type, () => {});
  };
}

function frame(name, headName) {
  const dom = document.createElement("div");
  dom.className = name;
  const head = document.createElement("div");
  head.className = headName;
  head.contentEditable = "false";
  const pre = document.createElement("pre");
  pre.dir = "ltr";
  const code = document.createElement("code");
  code.spellcheck = false;
  pre.append(code);
  dom.append(head, pre);
  return { dom, head, contentDOM: code };
}

function withUpdates({ dom, head, contentDOM }, type, show) {
  return {
    dom,
    contentDOM,
    update(next) {
      if (next.type !== type) return false;
      show(next);
      return true;
    },
    ignoreMutation: (mutation) => mutation.type !== "selection" && head.contains(mutation.target),
  };
}
