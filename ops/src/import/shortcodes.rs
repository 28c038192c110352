//! What Hugo, Zola and Jekyll write into markdown that is none: shortcodes, tags, attribute lists, comments.
//!
//! Those that mean something in markdown are turned into it. The others stay as they are and are reported; code is left
//! alone.

use std::collections::BTreeSet;

/// Turns what is known into markdown. `address_of` knows the addresses of other documents, by the names that references
/// use. What is told beside it are notes for people.
pub(super) fn converted(
    body: &str,
    address_of: impl Fn(&str) -> Option<String>,
) -> (String, BTreeSet<String>) {
    let mut conversion = Conversion { address_of, notes: BTreeSet::new(), fence: None, in_comment: false };
    let mut text = String::with_capacity(body.len());
    for line in body.split_inclusive('\n') {
        conversion.line(line, &mut text);
    }
    (text, conversion.notes)
}

struct Conversion<F> {
    address_of: F,
    notes: BTreeSet<String>,
    /// The code block that is open.
    fence: Option<Fence>,
    in_comment: bool,
}

/// How a code block ends.
enum Fence {
    /// With at least these marks alone on a line.
    Marks(String),
    /// With the tag that ends a highlighted block.
    Tag,
}

impl Fence {
    fn ends_at(&self, line: &str) -> bool {
        match self {
            Fence::Marks(marks) => {
                line.starts_with(marks.as_str()) && line.trim_end().trim_matches(['`', '~']).is_empty()
            }
            Fence::Tag => {
                let tag = Tag::at(line).map(|tag| tag.name.replace(' ', ""));
                tag.is_some_and(|name| matches!(name.as_str(), "endhighlight" | "/highlight"))
            }
        }
    }
}

impl<F: Fn(&str) -> Option<String>> Conversion<F> {
    fn line(&mut self, line: &str, text: &mut String) {
        let trimmed = line.trim_start();
        if let Some(fence) = &self.fence {
            let ends = fence.ends_at(trimmed);
            text.push_str(if ends && matches!(fence, Fence::Tag) { "```\n" } else { line });
            if ends {
                self.fence = None;
            }
            return;
        }
        if let Some(marks) = marks_of(trimmed) {
            self.fence = Some(Fence::Marks(marks));
            text.push_str(line);
            return;
        }
        let line = self.without_comments(line);
        if is_attribute_list(line.trim()) {
            self.notes.insert("attribute lists such as {: .class} were left out".to_owned());
            return;
        }
        if trimmed.starts_with('<') && is_markup(trimmed) {
            self.notes.insert("it holds HTML, which is shown as text".to_owned());
        }
        self.tags(&line, text);
    }

    fn without_comments(&mut self, line: &str) -> String {
        let (mut kept, mut rest) = (String::with_capacity(line.len()), line);
        loop {
            let mark = if self.in_comment { "-->" } else { "<!--" };
            let Some((before, after)) = rest.split_once(mark) else { break };
            if !self.in_comment {
                kept.push_str(before);
            }
            self.in_comment = !self.in_comment;
            rest = after;
        }
        if !self.in_comment {
            kept.push_str(rest);
        } else if line.ends_with('\n') {
            kept.push('\n');
        }
        kept
    }

    fn tags(&mut self, line: &str, text: &mut String) {
        let mut rest = line;
        while let Some(at) = rest.find(['`', '{']) {
            let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
            text.push_str(before);
            if from.starts_with('`') {
                let code = code_span(from);
                text.push_str(code);
                rest = from.get(code.len()..).unwrap_or_default();
                continue;
            }
            let Some(tag) = Tag::at(from) else {
                text.push('{');
                rest = from.get(1..).unwrap_or_default();
                continue;
            };
            match self.converted(&tag) {
                Some(markdown) => text.push_str(&markdown),
                None => {
                    text.push_str(tag.whole);
                    self.notes
                        .insert(format!("{} is not known here, and was left as it is", tag.whole.trim()));
                }
            }
            rest = from.get(tag.whole.len()..).unwrap_or_default();
        }
        text.push_str(rest);
    }

    fn converted(&mut self, tag: &Tag<'_>) -> Option<String> {
        let first = || tag.arguments.first().map(|(_, value)| value.as_str());
        match tag.name {
            "figure" | "image" | "img" => {
                let source = tag.named("src").or_else(first)?;
                let alt = tag.named("alt").or_else(|| tag.named("title")).unwrap_or_default();
                let caption =
                    tag.named("caption").map(|caption| format!("\n\n*{caption}*")).unwrap_or_default();
                Some(format!("![{alt}]({source}){caption}"))
            }
            "highlight" => {
                self.fence = Some(Fence::Tag);
                Some(format!("```{}", first().unwrap_or_default()))
            }
            "/highlight" | "endhighlight" => {
                self.fence = None;
                Some("```".to_owned())
            }
            "ref" | "relref" | "post_url" | "link" => {
                let (name, anchor) = split_anchor(first()?);
                Some((self.address_of)(name).map(|address| format!("{address}{anchor}"))?)
            }
            "youtube" => {
                Some(format!("[Video](https://www.youtube.com/watch?v={})", tag.named("id").or_else(first)?))
            }
            "vimeo" => Some(format!("[Video](https://vimeo.com/{})", tag.named("id").or_else(first)?)),
            "gist" => {
                let mut parts = tag.arguments.iter().map(|(_, value)| value.as_str());
                Some(format!("[Gist](https://gist.github.com/{}/{})", parts.next()?, parts.next()?))
            }
            "raw" | "endraw" | "site.baseurl" | "site.url" => Some(String::new()),
            _ => None,
        }
    }
}

/// A shortcode or a tag.
struct Tag<'a> {
    whole: &'a str,
    name: &'a str,
    /// Names and values; positional ones have no name.
    arguments: Vec<(String, String)>,
}

impl<'a> Tag<'a> {
    /// The one that begins here. `{{` of other templates, as in code of many languages, is none without its form.
    fn at(text: &'a str) -> Option<Tag<'a>> {
        for (open, close) in [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")] {
            let Some(inside) = text.strip_prefix(open) else { continue };
            let end = inside.find(close)?;
            let whole = text.get(..open.len() + end + close.len())?;
            let inside = inside.get(..end)?.trim().trim_matches('-').trim().trim_end_matches('/').trim_end();
            let end = inside.find([' ', '(', '|']).unwrap_or(inside.len());
            let (name, rest) = inside.split_at_checked(end)?;
            let is_site = name.starts_with("site.");
            if open == "{{" && !is_site && !rest.trim_start().starts_with('(') {
                return None;
            }
            let arguments = arguments(rest.trim().trim_start_matches('(').trim_end_matches(')'));
            return (!name.is_empty()).then_some(Tag { whole, name, arguments });
        }
        None
    }

    fn named(&self, name: &str) -> Option<&str> {
        self.arguments.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads `a "b c" d=e f="g"`.
fn arguments(text: &str) -> Vec<(String, String)> {
    let (mut all, mut name, mut value) = (Vec::new(), String::new(), String::new());
    let (mut quote, mut was_quoted) = (None, false);
    for character in text.chars().chain([' ']) {
        match (quote, character) {
            (Some(open), close) if close == open => quote = None,
            (Some(_), inside) => value.push(inside),
            (None, '"' | '\'') => (quote, was_quoted) = (Some(character), true),
            (None, '=') if name.is_empty() => name = std::mem::take(&mut value),
            (None, ' ' | ',' | '\t') => {
                if !value.is_empty() || was_quoted {
                    all.push((std::mem::take(&mut name), std::mem::take(&mut value)));
                }
                was_quoted = false;
            }
            (None, other) => value.push(other),
        }
    }
    all
}

fn split_anchor(name: &str) -> (&str, &str) {
    name.split_at_checked(name.find('#').unwrap_or(name.len())).unwrap_or((name, ""))
}

/// The code span that begins here; a run of backticks that is never closed is itself.
fn code_span(text: &str) -> &str {
    let run = text.len() - text.trim_start_matches('`').len();
    let fence = text.get(..run).unwrap_or_default();
    let after = text.get(run..).unwrap_or_default();
    match after.find(fence) {
        Some(end) => text.get(..run + end + run).unwrap_or(text),
        None => fence,
    }
}

fn marks_of(line: &str) -> Option<String> {
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let run: String = line.chars().take_while(|next| *next == mark).collect();
    (run.len() >= 3).then_some(run)
}

/// Kramdown's `{: .class}`.
fn is_attribute_list(line: &str) -> bool {
    line.starts_with("{:") && line.ends_with('}')
}

fn is_markup(line: &str) -> bool {
    let name = line.trim_start_matches(['<', '/']);
    let address = name.starts_with("http:") || name.starts_with("https:") || name.starts_with("mailto:");
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && !address && line.contains('>')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(body: &str) -> (String, Vec<String>) {
        let address_of = |name: &str| (name == "2020-01-02-x").then(|| "/2020/01/02/x/".to_owned());
        let (text, notes) = converted(body, address_of);
        (text, notes.into_iter().collect())
    }

    #[test]
    fn what_is_known_becomes_markdown() {
        for (from, to) in [
            ("{{< figure src=\"a.png\" alt=\"A b\" >}}", "![A b](a.png)"),
            ("{{< figure src=\"a.png\" caption=\"C\" />}}", "![](a.png)\n\n*C*"),
            ("{% highlight ruby linenos %}\nx\n{% endhighlight %}\n", "```ruby\nx\n```\n"),
            ("{{< highlight go >}}\nx\n{{< /highlight >}}\n", "```go\nx\n```\n"),
            ("[x]({% post_url 2020-01-02-x %}#a)", "[x](/2020/01/02/x/#a)"),
            ("[x]({{< ref \"2020-01-02-x#a\" >}})", "[x](/2020/01/02/x/#a)"),
            ("![a]({{ site.baseurl }}/a.png)", "![a](/a.png)"),
            ("{{< youtube abc >}}", "[Video](https://www.youtube.com/watch?v=abc)"),
            ("{{ youtube(id=\"abc\") }}", "[Video](https://www.youtube.com/watch?v=abc)"),
            ("a\n<!-- more -->\nb", "a\n\nb"),
            ("a <!-- two\nlines --> b", "a \n b"),
        ] {
            assert_eq!(convert(from), (to.to_owned(), Vec::new()), "{from}");
        }
    }

    #[test]
    fn code_is_left_alone() {
        for same in [
            "```\n{{< figure src=\"a\" >}}\n{: .x}\n<!-- c -->\n```\n",
            "~~~~ go\n{% raw %}\n~~~\n~~~~\n",
            "`{{< ref \"x\" >}}` and ``a ` {% b %}``",
            "fn f() {{closure}} {x}",
            "an unclosed ` and {",
        ] {
            assert_eq!(convert(same), (same.to_owned(), Vec::new()), "{same}");
        }
    }

    #[test]
    fn what_is_not_known_stays_and_is_said() {
        let (text, notes) = convert("{{< tweet 1 >}}\n\n<div>x</div>\n\n<https://a.example>\n");
        assert_eq!(text, "{{< tweet 1 >}}\n\n<div>x</div>\n\n<https://a.example>\n");
        assert_eq!(notes.len(), 2, "{notes:?}");
        let (text, notes) = convert("# A\n{: .lead}\nb");
        assert_eq!((text.as_str(), notes.len()), ("# A\nb", 1));
        assert_eq!(convert("{{< ref \"nowhere\" >}}").1.len(), 1);
    }
}
