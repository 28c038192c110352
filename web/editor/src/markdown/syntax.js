// The markdown of this CMS: CommonMark with tables, strikethrough, footnotes and task lists (content/src/markdown).
// Bare addresses are not links there, so that they are none here.
import { fromMarkdown } from "mdast-util-from-markdown";
import { toMarkdown } from "mdast-util-to-markdown";
import { gfmFootnote } from "micromark-extension-gfm-footnote";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmTable } from "micromark-extension-gfm-table";
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item";
import { gfmFootnoteFromMarkdown, gfmFootnoteToMarkdown } from "mdast-util-gfm-footnote";
import { gfmStrikethroughFromMarkdown, gfmStrikethroughToMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableFromMarkdown, gfmTableToMarkdown } from "mdast-util-gfm-table";
import { gfmTaskListItemFromMarkdown, gfmTaskListItemToMarkdown } from "mdast-util-gfm-task-list-item";
import { handlers } from "./handlers.js";

const reading = {
  extensions: [gfmTable(), gfmStrikethrough(), gfmFootnote(), gfmTaskListItem()],
  mdastExtensions: [
    gfmTableFromMarkdown(),
    gfmStrikethroughFromMarkdown(),
    gfmFootnoteFromMarkdown(),
    gfmTaskListItemFromMarkdown(),
  ],
};

const writing = {
  extensions: [
    gfmFootnoteToMarkdown(),
    gfmStrikethroughToMarkdown(),
    // A changed cell must not move the bars of the other rows.
    gfmTableToMarkdown({ tablePipeAlign: false }),
    gfmTaskListItemToMarkdown(),
    { handlers },
  ],
  bullet: "-",
  listItemIndent: "one",
  rule: "-",
  fences: true,
  resourceLink: false,
};

/** The syntax tree (mdast) of a text, with the offsets of every node. */
export function read(text) {
  return fromMarkdown(text, reading);
}

/** The markdown of a syntax tree, without the line end at its end. */
export function write(tree) {
  return toMarkdown(tree, writing).replace(/\n$/, "");
}
