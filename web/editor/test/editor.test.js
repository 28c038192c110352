// What the app relies on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./dom.js";

const document = page();
const { mount } = await import("../src/editor.js");

function open(markdown) {
  const told = [];
  const element = document.getElementById("place");
  const editor = mount(element, { markdown, onChange: (text) => told.push(text), labels: { bold: "Fett" } });
  return { editor, element, told };
}

test("what is given is what is had, and nobody is told", () => {
  const { editor, told } = open("# a\n\n* b\n");
  for (const text of [
    "",
    "\n\n",
    "# a\n\n* b\n",
    "x\r\n\r\ny",
    "* b\n",
    "   ",
    "<!-- open",
    "> deep\n".repeat(3),
    "+++\na = 1\n+++\nx",
  ]) {
    editor.setMarkdown(text);
    assert.equal(editor.getMarkdown(), text);
  }
  assert.deepEqual(told, []);
  editor.destroy();
});

test("what a person does is told", () => {
  const { editor, element, told } = open("- [ ] task\n\n_rest_  \nof it");
  element.querySelector("input[type=checkbox]").click();
  assert.deepEqual(told, ["- [x] task\n\n_rest_  \nof it"]);
  element.querySelector(".tool.undo").click();
  assert.equal(editor.getMarkdown(), "- [ ] task\n\n_rest_  \nof it");
  editor.destroy();
  assert.equal(element.childElementCount, 0);
});

test("controls are called what the app calls them", () => {
  const { editor, element } = open("");
  assert.equal(element.querySelector(".tool.bold").getAttribute("aria-label"), "Fett");
  for (const tool of element.querySelectorAll(".tool")) assert.ok(tool.getAttribute("aria-label"), tool.className);
  editor.destroy();
});

test("nothing that somebody wrote stops it", () => {
  const { editor } = open("");
  for (const text of [">".repeat(5000), "- ".repeat(3000), "[".repeat(5000), "*a ".repeat(3000), "`".repeat(3000)]) {
    editor.setMarkdown(text);
    assert.equal(editor.getMarkdown(), text);
  }
  editor.destroy();
});
