// An item of a list, with a box to tick where it is a task.

export function listItemView(labels) {
  return (node, view, position) => {
    const dom = document.createElement("li");
    const contentDOM = document.createElement("div");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.contentEditable = "false";
    // Reached by Mod-Enter from its text: a stop for each box would make a long list hard to leave.
    box.tabIndex = -1;
    box.setAttribute("aria-label", labels.done);
    box.addEventListener("mousedown", (event) => event.preventDefault());
    box.addEventListener("click", (event) => {
      event.preventDefault();
      if (!view.editable) return;
      const at = position();
      const { checked } = view.state.doc.nodeAt(at).attrs;
      view.dispatch(view.state.tr.setNodeAttribute(at, "checked", !checked));
      view.focus();
    });
    dom.append(contentDOM);
    dom.dir = "auto";

    const show = ({ attrs: { checked } }) => {
      const isTask = checked !== null;
      dom.classList.toggle("task", isTask);
      if (isTask && !box.parentNode) dom.prepend(box);
      if (!isTask) box.remove();
      if (isTask) dom.dataset.checked = String(checked);
      else delete dom.dataset.checked;
      // Behind the browser's own change of a box that was clicked.
      setTimeout(() => (box.checked = checked === true));
      box.checked = checked === true;
    };
    show(node);
    const { type } = node;

    return {
      dom,
      contentDOM,
      update(next) {
        if (next.type !== type) return false;
        show(next);
        return true;
      },
      stopEvent: (event) => event.target === box,
      ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
    };
  };
}
