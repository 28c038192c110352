//! Writes events as HTML.
//!
//! Everything between tags and in attributes is escaped here and nowhere else.

mod links;
mod pictures;

use std::collections::HashMap;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::Rendered;
use super::footnote::Footnotes;
use super::heading::{Anchors, Heading};
use super::picture::Resolve;
use super::table::Table;
use pictures::Picture;

pub(super) struct Writer<'a, 'r> {
    resolve: &'r dyn Resolve,
    footnotes: &'r Footnotes<'a>,
    out: Rendered,
    anchors: Anchors,
    /// The heading that is open: its level, where its HTML and its text begin.
    heading: Option<(HeadingLevel, usize, usize)>,
    /// Whether each open link has a tag to close.
    links: Vec<bool>,
    /// The pictures that are open, innermost last: their alternative text is gathered until they end.
    pictures: Vec<Picture>,
    tables: Vec<Table>,
    /// Labels in the order in which they were first referred to, and how often.
    numbers: HashMap<String, usize>,
    order: Vec<String>,
}

impl<'a, 'r> Writer<'a, 'r> {
    pub(super) fn new(resolve: &'r dyn Resolve, footnotes: &'r Footnotes<'a>) -> Self {
        Writer {
            resolve,
            footnotes,
            out: Rendered::default(),
            anchors: Anchors::default(),
            heading: None,
            links: Vec::new(),
            pictures: Vec::new(),
            tables: Vec::new(),
            numbers: HashMap::new(),
            order: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Rendered {
        let mut out = self.out;
        out.broken.sort();
        out.broken.dedup();
        let text = out.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Rendered { text, ..out }
    }

    pub(super) fn write(&mut self, events: Vec<Event<'a>>) {
        for event in events {
            match event {
                Event::End(TagEnd::Image) => self.close_picture(),
                Event::Start(Tag::Image { dest_url, title, .. }) => self.pictures.push(Picture {
                    destination: dest_url.to_string(),
                    title: title.to_string(),
                    alt: String::new(),
                }),
                event if !self.pictures.is_empty() => self.gather_alt(&event),
                Event::Start(tag) => self.open(tag),
                Event::End(tag) => self.close(tag),
                Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
                Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
                Event::Code(code) => {
                    self.push("<code>");
                    self.text(&code);
                    self.push("</code>");
                }
                Event::FootnoteReference(label) => self.footnote_reference(&label),
                Event::SoftBreak => self.text("\n"),
                Event::HardBreak => {
                    self.push("<br>");
                    self.text("\n");
                }
                Event::Rule => self.block("<hr>\n"),
                // The sign is read out as what it is, which a disabled check box without a label is not.
                Event::TaskListMarker(done) => {
                    self.push(if done {
                        "<span class=\"task\">☑</span> "
                    } else {
                        "<span class=\"task\">☐</span> "
                    });
                }
            }
        }
    }

    /// Writes the definitions that were referred to, in that order. A definition may refer to further ones.
    pub(super) fn write_footnotes(&mut self) {
        if self.order.is_empty() {
            return;
        }
        self.block("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        let mut written = 0;
        while let Some(label) = self.order.get(written).cloned() {
            written += 1;
            self.push(&format!("<li id=\"fn-{written}\">\n"));
            self.write(self.footnotes.definition(&label));
            let back = format!("<a href=\"#fnref-{written}\" role=\"doc-backlink\">↩</a>");
            // Inside the last paragraph, where there is one.
            match self.out.html.trim_end().strip_suffix("</p>").map(str::len) {
                Some(end) => {
                    self.out.html.truncate(end);
                    self.push(&format!(" {back}</p>\n"));
                }
                None => self.push(&back),
            }
            self.push("</li>\n");
        }
        self.push("</ol>\n</section>\n");
    }

    fn push(&mut self, html: &str) {
        self.out.html.push_str(html);
    }

    /// Writes what begins on a line of its own.
    fn block(&mut self, html: &str) {
        if !self.out.html.is_empty() && !self.out.html.ends_with('\n') {
            self.out.html.push('\n');
        }
        self.push(html);
    }

    fn text(&mut self, text: &str) {
        self.out.text.push_str(text);
        // Writing into a string does not fail.
        let _ = escape_html_body_text(&mut self.out.html, text);
    }

    fn attribute(&mut self, value: &str) {
        let _ = escape_html(&mut self.out.html, value);
    }

    fn address(&mut self, value: &str) {
        let _ = escape_href(&mut self.out.html, value);
    }

    fn open(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { level, .. } => {
                self.block("");
                self.heading = Some((level, self.out.html.len(), self.out.text.len()));
            }
            Tag::BlockQuote(_) => self.block("<blockquote>\n"),
            Tag::CodeBlock(kind) => self.open_code(&kind),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(start)) => self.block(&format!("<ol start=\"{start}\">\n")),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::Item => self.block("<li>"),
            // A wide table scrolls by itself, and what scrolls can be reached by keyboard.
            Tag::Table(alignments) => {
                self.tables.push(Table::new(alignments));
                self.block("<div class=\"table\" tabindex=\"0\">\n<table>\n");
            }
            Tag::TableHead => {
                self.row(true);
                self.push("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.row(false);
                self.push("<tr>");
            }
            Tag::TableCell => {
                let cell = self.tables.last_mut().map(Table::open_cell).unwrap_or_default();
                self.push(&cell);
            }
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Link { link_type: LinkType::Email, dest_url, title, .. } => {
                self.open_link(&format!("mailto:{dest_url}"), &title);
            }
            Tag::Link { dest_url, title, .. } => self.open_link(&dest_url, &title),
            // Not asked of the parser, or handled before.
            Tag::Superscript
            | Tag::Subscript
            | Tag::Image { .. }
            | Tag::HtmlBlock
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.push("</p>\n"),
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::BlockQuote(_) => self.block("</blockquote>\n"),
            TagEnd::CodeBlock => self.push("</code></pre>\n"),
            TagEnd::List(true) => self.block("</ol>\n"),
            TagEnd::List(false) => self.block("</ul>\n"),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::Table => {
                self.tables.pop();
                self.push("</tbody>\n</table>\n</div>\n");
            }
            TagEnd::TableHead => self.push("</tr>\n</thead>\n<tbody>\n"),
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => {
                let name = self.tables.last().map_or("td", Table::cell_name);
                self.push(&format!("</{name}>"));
                self.out.text.push(' ');
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.push("</a>");
                }
            }
            TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Image
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
        if !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) {
            self.out.text.push('\n');
        }
    }

    fn row(&mut self, in_head: bool) {
        if let Some(table) = self.tables.last_mut() {
            table.row(in_head);
        }
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.block("<pre tabindex=\"0\"><code");
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        if !language.is_empty() {
            self.push(" class=\"language-");
            self.attribute(language);
            self.push("\"");
        }
        self.push(">");
    }

    fn close_heading(&mut self) {
        let Some((level, html_start, text_start)) = self.heading.take() else { return };
        let text = self.out.text.get(text_start..).unwrap_or_default().trim().to_owned();
        let anchor = self.anchors.for_text(&text);
        let inner = self.out.html.split_off(html_start.min(self.out.html.len()));
        let mut open = format!("<{level} id=\"");
        let _ = escape_html(&mut open, &anchor);
        self.push(&open);
        self.push("\">");
        self.push(&inner);
        self.push(&format!("</{level}>\n"));
        self.out.headings.push(Heading { level: level as u8, anchor, text });
    }

    fn footnote_reference(&mut self, label: &str) {
        if !self.footnotes.has(label) {
            return self.text(&format!("[^{label}]"));
        }
        let next = self.order.len() + 1;
        let first = !self.numbers.contains_key(label);
        let number = *self.numbers.entry(label.to_owned()).or_insert(next);
        if first {
            self.order.push(label.to_owned());
        }
        // An id stands once in a page; the way back leads to the first reference.
        let id = if first { format!(" id=\"fnref-{number}\"") } else { String::new() };
        self.push(&format!(
            "<sup><a href=\"#fn-{number}\"{id} class=\"footnote\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }
}
