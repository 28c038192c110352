// The rich editor: shows markdown as what it means, and changes it where a person changes it.
//
// mount(element, { markdown, onChange, pickLink, pickMedia, labels }) -> { setMarkdown, getMarkdown, focus, destroy }.
// The app owns the text; see web/src/client/rich_editor.rs for the contract.
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { EditorState } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { image, link, linkAt } from "./commands.js";
import { files } from "./input/files.js";
import { keys } from "./input/keys.js";
import { paste } from "./input/paste.js";
import { rules } from "./input/rules.js";
import { labelled } from "./labels.js";
import { Source } from "./markdown/source.js";
import { tableShape } from "./table_shape.js";
import { LinkBar } from "./ui/link_bar.js";
import { slash } from "./ui/slash.js";
import { Toolbar } from "./ui/toolbar.js";
import { codeBlockView, sourceBlockView } from "./views/code_block.js";
import { imageView } from "./views/image.js";
import { listItemView } from "./views/list_item.js";

export function mount(element, options) {
  const labels = labelled(options.labels);
  loadStyles();
  const source = new Source();
  let text = options.markdown ?? "";

  /** What an answer of the app's is for may be gone by the time that it comes. */
  const ask = async (question, take) => {
    const answer = await question?.();
    if (view.isDestroyed) return;
    view.focus();
    if (answer) take(answer)(view.state, view.dispatch);
  };
  const actions = {
    pickLink: () => ask(options.pickLink, link),
    pickMedia: () => ask(options.pickMedia, image),
    // A link that is there is changed in place; a new one is chosen in the app.
    link(state) {
      if (linkAt(state)) linkBar.open();
      else actions.pickLink();
      return true;
    },
    editLink: () => linkBar.open(),
  };

  const plugins = [
    slash(labels, actions),
    ...keys(actions),
    rules(),
    paste(),
    files(),
    tableEditing(),
    tableShape(),
    history(),
    dropCursor({ class: "drop-cursor", color: false }),
    gapCursor(),
  ];
  const begin = (doc) => EditorState.create({ doc, plugins });

  const view = new EditorView(
    { mount: element.appendChild(document.createElement("div")) },
    {
      state: begin(source.read(text)),
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": labels.text, spellcheck: "true", class: "page" },
      nodeViews: {
        list_item: listItemView(labels),
        code_block: codeBlockView(labels),
        source_block: sourceBlockView(labels),
        image: imageView(labels),
      },
      dispatchTransaction(transaction) {
        const before = view.state;
        view.updateState(before.apply(transaction));
        toolbar.update();
        linkBar.update();
        if (!transaction.docChanged || transaction.getMeta("parapet:given")) return;
        const now = source.write(view.state.doc);
        if (now === text) return;
        text = now;
        options.onChange?.(now);
      },
    },
  );
  const toolbar = new Toolbar(view, labels, actions);
  const linkBar = new LinkBar(view, labels, actions);
  element.prepend(toolbar.dom);
  element.append(linkBar.dom);
  element.classList.add("rich-editor");
  toolbar.update();

  return {
    getMarkdown: () => text,

    setMarkdown(given) {
      if (given === text) return;
      const before = view.state.doc;
      const doc = source.read(given, before);
      text = given;
      const change = before.eq(doc) ? null : differing(before, doc);
      // What somebody else wrote in another place leaves the cursor and what can be undone; another text begins anew.
      if (change && change.from === 0 && change.to === before.content.size) {
        view.updateState(begin(doc));
      } else if (change) {
        const transaction = view.state.tr.replace(change.from, change.to, doc.slice(change.from, change.end));
        view.dispatch(transaction.setMeta("addToHistory", false).setMeta("parapet:given", true));
      }
      // What is written is compared with the document that was read.
      if (!view.state.doc.eq(doc)) view.updateState(begin(doc));
      toolbar.update();
    },

    focus: () => view.focus(),

    destroy() {
      toolbar.destroy();
      linkBar.destroy();
      view.destroy();
      element.replaceChildren();
      element.classList.remove("rich-editor");
    },
  };
}

/** The whole top-level blocks in which two documents differ. */
function differing(before, doc) {
  let [from, first] = [0, 0];
  const least = Math.min(before.childCount, doc.childCount);
  while (first < least && before.child(first).eq(doc.child(first))) from += before.child(first++).nodeSize;
  let [back, last] = [0, 0];
  const left = (of) => of.child(of.childCount - 1 - last);
  while (last < least - first && left(before).eq(left(doc))) {
    back += left(before).nodeSize;
    last += 1;
  }
  return { from, to: before.content.size - back, end: doc.content.size - back };
}

/** The page's policy allows no styles but those of a file. */
function loadStyles() {
  const href = new URL("editor.css", import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = href;
  document.head.append(sheet);
}
