// The field that shows the text as markdown, beside the editor.
import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./dom.js";

const document = page();
const { mount, serveField } = await import("../src/editor.js");
const { markdownOf } = await import("../src/field.js");

function open(markdown) {
  const element = document.getElementById("place");
  const editor = mount(element, { markdown, labels: {} });
  const field = document.body.appendChild(document.createElement("textarea"));
  field.value = markdown;
  serveField(field);
  const press = (key, more = {}) => {
    const event = new window.KeyboardEvent("keydown", { key, ctrlKey: true, cancelable: true, ...more });
    field.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { editor, element, field, press };
}

test("Undo goes back through both", () => {
  const begun = "* [ ] one\n\n_two_\n\nthree  \nlines\n";
  const { editor, element, field, press } = open(begun);
  element.querySelector("input[type=checkbox]").click();
  const ticked = begun.replace("[ ]", "[x]");
  // Switched to the field, written there, and back.
  const written = ticked.replace("_two_", "_two_ and **more**\n\n> new");
  editor.takeMarkdown(written);
  assert.equal(editor.getMarkdown(), written);
  field.value = written;
  for (const text of [ticked, begun]) {
    assert.ok(press("z"));
    assert.equal(field.value, text);
    assert.equal(editor.getMarkdown(), text);
  }
  assert.ok(!press("z"), "there is nothing more to undo");
  assert.ok(press("z", { shiftKey: true }));
  assert.ok(press("y"));
  assert.equal(field.value, written);
  editor.destroy();
  assert.ok(!press("z"), "an editor that is gone has nothing to undo");
});

test("Undo brings back what a text ends with", () => {
  const { editor, element } = open("- [ ] one\n");
  element.querySelector("input[type=checkbox]").click();
  editor.takeMarkdown("- [x] one\nmore");
  for (const text of ["- [x] one\n", "- [ ] one\n"]) {
    element.querySelector(".tool.undo").click();
    assert.equal(editor.getMarkdown(), text);
  }
  editor.destroy();
});

test("what was typed into the field is the field's own to undo", () => {
  const { editor, element, field, press } = open("- [ ] one\n");
  element.querySelector("input[type=checkbox]").click();
  field.value = "- [x] one and more\n";
  assert.ok(!press("z"));
  field.value = "- [x] one\n";
  assert.ok(!press("z", { altKey: true }));
  field.readOnly = true;
  assert.ok(!press("z"));
  editor.destroy();
});

test("another text altogether can be undone, too", () => {
  const { editor, element } = open("# a\n\n* b\n");
  editor.takeMarkdown("something else");
  element.querySelector(".tool.undo").click();
  assert.equal(editor.getMarkdown(), "# a\n\n* b\n");
  editor.destroy();
});

test("what is copied from a page becomes markdown", () => {
  const html = "<meta charset=utf-8><h2>Head</h2><p>A <b>bold</b> <a href='https://x.example/'>link</a></p><ul><li>one</ul>";
  assert.equal(markdownOf(html), "## Head\n\nA **bold** [link](https://x.example/)\n\n- one");
});
