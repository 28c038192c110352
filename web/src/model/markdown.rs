//! What the toolbar does to a stretch of markdown, and what publishing looks for in one.

/// A button of the toolbar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Strong.
    Bold,
    /// Emphasis.
    Italic,
    /// Code in a line.
    Code,
    /// A link; its address is left to be typed.
    Link,
    /// A heading, on each line.
    Heading,
    /// A quotation, on each line.
    Quote,
    /// A list, on each line.
    List,
    /// A numbered list, on each line.
    Numbered,
    /// A list of tasks, on each line.
    Task,
    /// A table to be filled in.
    Table,
}

/// What stands in the place of the selection, and what of it is selected then: counted in UTF-16 units, as browsers do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The new text.
    pub text: String,
    /// Where the new selection begins in it.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

impl Mark {
    /// What becomes of a selection.
    pub fn applied(self, selected: &str) -> Replacement {
        match self {
            Self::Bold => around("**", selected, "**"),
            Self::Italic => around("*", selected, "*"),
            Self::Code => around("`", selected, "`"),
            Self::Link => {
                let text = format!("[{selected}](https://)");
                let start = if selected.is_empty() { 1 } else { units(selected) + 3 };
                let end = if selected.is_empty() { 1 } else { start + 8 };
                Replacement { text, start, end }
            }
            Self::Heading => on_lines(selected, |_| "## ".to_owned()),
            Self::Quote => on_lines(selected, |_| "> ".to_owned()),
            Self::List => on_lines(selected, |_| "- ".to_owned()),
            Self::Numbered => on_lines(selected, |number| format!("{}. ", number + 1)),
            Self::Task => on_lines(selected, |_| "- [ ] ".to_owned()),
            Self::Table => {
                let text = format!("| {selected} |  |\n| --- | --- |\n|  |  |\n");
                let end = 2 + units(selected);
                Replacement { text, start: 2, end }
            }
        }
    }

    /// True if it takes whole lines.
    pub fn takes_lines(self) -> bool {
        !matches!(self, Self::Bold | Self::Italic | Self::Code | Self::Link)
    }
}

/// The media items that a text shows as pictures without saying what they show, each once.
pub fn pictures_without_text(markdown: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for rest in markdown.split("![](media:").skip(1) {
        let id = rest.split(|c: char| c == ')' || c.is_whitespace()).next().unwrap_or_default();
        if !id.is_empty() && ids.iter().all(|known| known != id) {
            ids.push(id.to_owned());
        }
    }
    ids
}

fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// Puts marks around a text, or takes them away where they are.
fn around(before: &str, selected: &str, after: &str) -> Replacement {
    let inner = selected.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    match inner {
        Some(inner) if !inner.is_empty() => {
            Replacement { text: inner.to_owned(), start: 0, end: units(inner) }
        }
        _ => {
            let start = units(before);
            Replacement { text: format!("{before}{selected}{after}"), start, end: start + units(selected) }
        }
    }
}

/// Puts a mark before each line, or takes it away where every line has it.
fn on_lines(selected: &str, mark: impl Fn(usize) -> String) -> Replacement {
    let lines: Vec<&str> = selected.split('\n').collect();
    let bare: Option<Vec<&str>> =
        lines.iter().enumerate().map(|(number, line)| line.strip_prefix(mark(number).as_str())).collect();
    let text = match bare {
        Some(bare) if !selected.is_empty() => bare.join("\n"),
        _ => {
            let marked = lines.iter().enumerate().map(|(number, line)| mark(number) + line);
            marked.collect::<Vec<_>>().join("\n")
        }
    };
    let end = units(&text);
    Replacement { start: if selected.is_empty() { end } else { 0 }, end, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(mark: Mark, selected: &str) -> (String, u32, u32) {
        let Replacement { text, start, end } = mark.applied(selected);
        (text, start, end)
    }

    #[test]
    fn marks_go_around_a_selection_and_away_again() {
        assert_eq!(applied(Mark::Bold, "é🙂"), ("**é🙂**".to_owned(), 2, 5));
        assert_eq!(applied(Mark::Bold, "**b**"), ("b".to_owned(), 0, 1));
        assert_eq!(applied(Mark::Italic, ""), ("**".to_owned(), 1, 1));
    }

    #[test]
    fn lists_take_each_line() {
        assert_eq!(applied(Mark::Numbered, "a\nb").0, "1. a\n2. b");
        assert_eq!(applied(Mark::Numbered, "1. a\n2. b").0, "a\nb");
        assert_eq!(applied(Mark::Task, ""), ("- [ ] ".to_owned(), 6, 6));
    }

    #[test]
    fn pictures_without_text_are_found_once() {
        let text = "![](media:7) ![a](media:8)\n\n![](media:9 \"title\") ![](media:7) ![](media:";
        assert_eq!(pictures_without_text(text), ["7", "9"]);
    }

    #[test]
    fn a_link_waits_for_its_address() {
        assert_eq!(applied(Mark::Link, "text"), ("[text](https://)".to_owned(), 7, 15));
        assert_eq!(applied(Mark::Link, ""), ("[](https://)".to_owned(), 1, 1));
    }
}
