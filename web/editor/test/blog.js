// Every post of a real blog, each block touched. BLOG names the folder of the posts; they are not part of the project.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Source } from "../src/markdown/source.js";
import { schema } from "../src/schema.js";
import { touched } from "./touch.js";

const folder = process.env.BLOG;
if (!folder) throw new Error("expected in BLOG a folder of posts");

test("every post of a real blog keeps what was not touched", () => {
  const posts = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".md"));
  assert.ok(posts.length > 0, `${folder} has no posts`);
  posts.forEach((name, number) => {
    const text = readFileSync(join(folder, name), "utf8");
    const source = new Source();
    const doc = source.read(text);
    assert.equal(source.write(doc), text, name);
    // One block a post, another one in each, unless every one is asked for.
    const count = source.parsed.blocks.length;
    const indices = process.env.BLOG_BLOCKS === "all" ? [...Array(count).keys()] : [number % Math.max(count, 1)];
    for (const index of indices) {
      const outcome = touched(source, doc, index);
      if (!outcome) continue;
      assert.ok(outcome.isAround, `${name}: block ${index}`);
      if (outcome.node.type === schema.nodes.source_block) continue;
      assert.ok(source.says(outcome.block, outcome.node), `${name}: block ${index}: ${outcome.block}`);
    }
  });
});
