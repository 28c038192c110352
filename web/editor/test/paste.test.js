// What is pasted from elsewhere becomes clean markdown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DOMParser as Reader } from "prosemirror-model";
import { page } from "./dom.js";

const document = page();
const { clean } = await import("../src/input/clean.js");
const { asMarkdown } = await import("../src/input/paste.js");
const { Source } = await import("../src/markdown/source.js");
const { schema } = await import("../src/schema.js");

function markdown(html) {
  const place = document.createElement("div");
  place.innerHTML = clean(html);
  const source = new Source();
  source.read("");
  return source.write(Reader.fromSchema(schema).parse(place));
}

test("Google Docs", () => {
  const html = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1">
    <h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt;font-weight:400">Head</span></h2>
    <p dir="ltr"><span style="font-weight:400">Plain </span><span style="font-weight:700;">bold</span><span
      style="font-style:italic"> italic</span></p><br>
    <ul><li dir="ltr" aria-level="1"><p role="presentation"><span>one</span></p></li>
    <ul><li aria-level="2"><p><span>two</span></p></li></ul></ul><br>
    <p><a href="https://x.example/z" style="text-decoration:none"><span style="color:#1155cc">link</span></a></p></b>`;
  assert.equal(markdown(html), "## Head\n\nPlain **bold** *italic*\n\n- one\n  - two\n\n[link](https://x.example/z)");
});

test("Word", () => {
  const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p {margin:0} --></style></head>
    <body><!--StartFragment--><h1>Title<o:p></o:p></h1>
    <p class=MsoNormal><b>Bold</b> and <i style='mso-bidi-font-style:normal'>italic</i><o:p></o:p></p>
    <p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
      style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>First</p>
    <p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>Nested</p>
    <p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Second</p>
    <p class=MsoNormal><o:p>&nbsp;</o:p></p>
    <p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>Number</p>
    <table><tr><td><p>A</p></td><td><p>B</p></td></tr><tr><td><p>1</p><p>2</p></td><td>x|y</td></tr></table></body></html>`;
  const list = "- First\n  - Nested\n- Second\n\n1. Number";
  assert.equal(markdown(html), `# Title\n\n**Bold** and *italic*\n\n${list}\n\n| A | B |\n| - | - |\n| 1 2 | x\\|y |`);
});

test("a web page, without what runs in it", () => {
  const html = `<div style="color:red"><p onclick="x()">Web <script>alert(1)</script><a href="javascript:alert(1)">bad</a>
    <a href="/rel?a=1&amp;b=2">good</a> AT&amp;T &amp;amp;</p><pre><code class="language-js">a\nb\n</code></pre><img src="https://p.example/i.png" alt="i"
    onerror="x"><img src="data:image/png;base64,AAAA"><ul><li><input type="checkbox" checked> done</li></ul></div>`;
  const picture = "![i](https://p.example/i.png)";
  assert.equal(markdown(html), `Web bad [good](/rel?a=1&b=2) AT&T \\&amp;\n\n\`\`\`js\na\nb\n\`\`\`\n\n${picture}\n\n- [x] done`);
  // The policy of the page would report even what is only parsed.
  assert.doesNotMatch(clean(html), /script|onclick|onerror|style/);
});

test("text that is markdown, and text that is not", () => {
  const read = (text) => asMarkdown(text).content.toString();
  assert.equal(read("# Head\n\n- a"), '<heading("Head"), bullet_list(list_item(paragraph("a")))>');
  assert.equal(read("Street 1\nTown"), '<paragraph("Street 1", hard_break, "Town")>');
});
