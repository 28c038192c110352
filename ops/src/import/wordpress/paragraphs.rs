//! Paragraphs of classic posts: WordPress adds them only when it shows a post (its function `wpautop`), so that the text
//! in an export has blank lines and no `<p>`.

/// Elements that are no part of a paragraph.
const BLOCKS: [&str; 24] = [
    "table",
    "thead",
    "tfoot",
    "tbody",
    "tr",
    "td",
    "th",
    "div",
    "dl",
    "dd",
    "dt",
    "ul",
    "ol",
    "li",
    "pre",
    "form",
    "blockquote",
    "figure",
    "hr",
    "section",
    "iframe",
    "video",
    "audio",
    "details",
];

/// The text with its paragraphs. A post of blocks has its own, and stays as it is.
pub(super) fn added(html: &str) -> String {
    if html.contains("<!-- wp:") {
        return html.to_owned();
    }
    let html = html.replace("\r\n", "\n");
    let mut text = String::with_capacity(html.len() * 2);
    for (is_kept, part) in apart(&html) {
        if is_kept {
            text.push_str(part);
        } else {
            paragraphs(part, &mut text);
        }
    }
    text
}

/// Parts with lines of their own (`<pre>`, scripts), and the others between them.
fn apart(html: &str) -> Vec<(bool, &str)> {
    let (mut parts, mut rest) = (Vec::new(), html);
    loop {
        let next = ["pre", "script", "style", "textarea"]
            .iter()
            .filter_map(|name| Some((rest.find(&format!("<{name}"))?, *name)))
            .min();
        let Some((at, name)) = next else { break };
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let close = format!("</{name}>");
        let end = from.find(&close).map_or(from.len(), |end| end + close.len());
        let (kept, after) = from.split_at_checked(end).unwrap_or((from, ""));
        parts.extend([(false, before), (true, kept)]);
        rest = after;
    }
    parts.push((false, rest));
    parts
}

fn paragraphs(part: &str, text: &mut String) {
    for paragraph in part.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        if begins_a_block(paragraph) {
            text.push_str(paragraph);
        } else {
            text.push_str("<p>");
            text.push_str(&paragraph.replace('\n', "<br>\n"));
            text.push_str("</p>");
        }
        text.push('\n');
    }
}

fn begins_a_block(text: &str) -> bool {
    let Some(tag) = text.strip_prefix('<') else { return false };
    let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    let is_heading =
        name.len() == 2 && name.starts_with('h') && name.ends_with(|level: char| level.is_ascii_digit());
    is_heading || name == "p" || BLOCKS.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_paragraphs() {
        assert_eq!(added("a\nb\n\nc"), "<p>a<br>\nb</p>\n<p>c</p>\n");
        assert_eq!(added("a\r\n\r\nb"), "<p>a</p>\n<p>b</p>\n");
        assert_eq!(added("<h2>A</h2>\n\n<em>b</em>"), "<h2>A</h2>\n<p><em>b</em></p>\n");
        assert_eq!(added("a\n\n<pre>b\n\nc</pre>\n\nd"), "<p>a</p>\n<pre>b\n\nc</pre><p>d</p>\n");
    }

    #[test]
    fn a_post_of_blocks_has_its_own() {
        let html = "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->\n\n<p>b</p>";
        assert_eq!(added(html), html);
    }
}
