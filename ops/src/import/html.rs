//! HTML of other systems as markdown.

use htmd::HtmlToMarkdown;
use htmd::options::{BulletListMarker, Options};

/// Converts a page's text. What has no markdown keeps its words; scripts and styles go.
pub(super) fn markdown(html: &str) -> Result<String, String> {
    let options = Options { bullet_list_marker: BulletListMarker::Dash, ..Options::default() };
    let converter =
        HtmlToMarkdown::builder().options(options).skip_tags(vec!["script", "style", "noscript"]).build();
    let text = converter.convert(html).map_err(|error| error.to_string())?;
    let text = text.trim();
    Ok(if text.is_empty() { String::new() } else { format!("{text}\n") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_markdown() {
        let html =
            "<h2>A</h2><p>b <strong>c</strong> <a href=\"/d\">d</a></p><ul><li>e</li></ul><script>f</script>";
        let text = markdown(html).unwrap();
        assert!(text.starts_with("## A\n\nb **c** [d](/d)\n\n"), "{text}");
        assert!(text.contains("- ") && !text.contains("script") && text.ends_with("e\n"), "{text}");
        assert_eq!(markdown("<!-- c -->").unwrap(), "");
    }
}
