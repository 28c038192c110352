// The rich editor: shows markdown as what it means, and changes it where a person changes it.
//
// mount(element, { markdown, onChange, pickLink, pickMedia, labels })
//   -> { setMarkdown, takeMarkdown, getMarkdown, undo, redo, focus, destroy }
// serveField(textarea): what the editor does for the field that shows the markdown itself.
// The app owns the text; see web/src/client/rich_editor.rs for the contract.
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { closeHistory, history, redo, undo } from "prosemirror-history";
import { EditorState } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { image, link, linkAt } from "./commands.js";
import { serve } from "./field.js";
import { files } from "./input/files.js";
import { keys } from "./input/keys.js";
import { paste } from "./input/paste.js";
import { rules } from "./input/rules.js";
import { labelled } from "./labels.js";
import { changed } from "./markdown/change.js";
import { Source } from "./markdown/source.js";
import { tableShape } from "./table_shape.js";
import { LinkBar } from "./ui/link_bar.js";
import { slash } from "./ui/slash.js";
import { Toolbar } from "./ui/toolbar.js";
import { codeBlockView, sourceBlockView } from "./views/code_block.js";
import { imageView } from "./views/image.js";
import { listItemView } from "./views/list_item.js";

/** The editor that was mounted last, for as long as it is on the page. */
let mounted = null;

/** Serves the field in which the text is shown as markdown. */
export function serveField(field) {
  serve(field, () => mounted);
}

/** A text of more blocks than this is not laid out as a whole, and is told in the moment after a key. */
const LONG = 150;
const SOON = 30;

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

  let telling = null;

  /** Tells the app the text, if it changed. */
  function tell() {
    clearTimeout(telling);
    telling = null;
    const now = source.write(view.state.doc);
    if (now === text) return;
    text = now;
    options.onChange?.(now);
  }

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
      attributes: (state) => ({
        class: state.doc.childCount > LONG ? "page long" : "page",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": labels.text,
        spellcheck: "true",
      }),
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
        if (view.state.doc.childCount <= LONG) tell();
        else telling ??= setTimeout(tell, SOON);
      },
      handleDOMEvents: {
        // Whatever the app does next, it does with all that was typed.
        blur: () => void tell(),
        keydown(_, event) {
          if (event.ctrlKey || event.metaKey) tell();
          // The browser tells of a moved cursor in its own time, which may be after the next key: Ctrl-End, then Enter.
          if (!event.isComposing) view.domObserver?.flush();
        },
      },
    },
  );
  const toolbar = new Toolbar(view, labels, actions);
  const linkBar = new LinkBar(view, labels, actions);
  element.prepend(toolbar.dom);
  element.append(linkBar.dom);
  element.classList.add("rich-editor");
  toolbar.update();

  const editor = {
    getMarkdown() {
      if (telling !== null) tell();
      return text;
    },

    /** Shows what the person made of the text elsewhere: Undo takes it back, and then what was done here before. */
    takeMarkdown(given) {
      if (given === editor.getMarkdown()) return;
      const { state } = view;
      const doc = source.read(given, state.doc, { returns: true });
      const all = () => state.tr.replaceWith(0, state.doc.content.size, doc.content);
      const least = changed(state, doc);
      const transaction = closeHistory(least?.doc.eq(doc) ? least : all());
      text = given;
      view.dispatch(transaction.setMeta("parapet:given", true));
    },

    undo: () => undo(view.state, view.dispatch),

    redo: () => redo(view.state, view.dispatch),

    setMarkdown(given) {
      clearTimeout(telling);
      if (given === text && telling === null) return;
      telling = null;
      const doc = source.read(given, view.state.doc);
      text = given;
      // What somebody else wrote in another place leaves the cursor and what can be undone; another text begins anew.
      const transaction = changed(view.state, doc);
      if (transaction?.doc.eq(doc)) {
        view.dispatch(transaction.setMeta("addToHistory", false).setMeta("parapet:given", true));
      } else {
        view.updateState(begin(doc));
      }
      toolbar.update();
      linkBar.update();
    },

    focus: () => view.focus(),

    destroy() {
      clearTimeout(telling);
      if (mounted === editor) mounted = null;
      linkBar.destroy();
      view.destroy();
      element.replaceChildren();
      element.classList.remove("rich-editor");
    },
  };
  mounted = editor;
  return editor;
}

/** The page's policy allows no styles but those of a file. */
function loadStyles() {
  const href = import.meta.url.replace(/\.js$/, ".css");
  if (document.querySelector(`link[href="${href}"]`)) return;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = href;
  document.head.append(sheet);
}
