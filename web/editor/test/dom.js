// A page without a browser, enough for parsing HTML and for the editor's own logic.
import { JSDOM } from "jsdom";

export function page() {
  const { window } = new JSDOM("<!doctype html><div id=place></div>", { url: "https://site.example/admin/" });
  for (const name of [
    "document",
    "DOMParser",
    "Node",
    "MutationObserver",
    "getComputedStyle",
    "CustomEvent",
    "location",
  ]) {
    globalThis[name] = window[name];
  }
  globalThis.window = window;
  window.Range.prototype.getClientRects = () => [];
  window.Range.prototype.getBoundingClientRect = () => ({ left: 0, right: 0, top: 0, bottom: 0 });
  window.HTMLElement.prototype.scrollIntoView = () => {};
  window.document.elementFromPoint = () => null;
  return window.document;
}
