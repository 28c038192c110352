// What the slash menu offers.
import { codeBlock, footnote, heading, list, paragraph, quote, rule, table } from "../commands.js";

export function slashItems(labels) {
  return [
    { text: labels.paragraph, sign: "¶", run: paragraph },
    ...[1, 2, 3, 4].map((level) => ({ text: `${labels.heading} ${level}`, sign: `H${level}`, run: heading(level) })),
    { text: labels.list, sign: "•", run: list("list") },
    { text: labels.numbered, sign: "1.", run: list("numbered") },
    { text: labels.task, sign: "☐", run: list("task") },
    { text: labels.quote, sign: "”", run: quote },
    { text: labels.codeBlock, sign: "{ }", run: codeBlock },
    { text: labels.table, sign: "▦", run: table },
    { text: labels.picture, sign: "▣", act: "pickMedia" },
    { text: labels.linkEntry, sign: "↗", act: "pickLink" },
    { text: labels.footnote, sign: "¹", run: footnote },
    { text: labels.rule, sign: "―", run: rule },
  ];
}
