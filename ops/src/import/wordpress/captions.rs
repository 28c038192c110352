//! WordPress's own shortcodes: captions, galleries and embeds become HTML, the others stay as text and are told.

/// A text without them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Converted {
    pub(super) html: String,
    /// What was left as it is.
    pub(super) unknown: Vec<String>,
}

/// Shortcodes of well-known plugins. Any other word in brackets is just a word in brackets.
const UNKNOWN: [&str; 8] = [
    "contact-form",
    "contact-form-7",
    "vc_row",
    "et_pb_section",
    "playlist",
    "googlemaps",
    "wpforms",
    "slideshow",
];

/// Converts a text; `attachment` knows the addresses of attachments by their ids.
pub(super) fn converted(html: &str, attachment: impl Fn(&str) -> Option<String>) -> Converted {
    let (mut done, mut rest) = (Converted::default(), html);
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        done.html.push_str(before);
        let Some((tag, after)) = from.strip_prefix('[').and_then(|from| from.split_once(']')) else {
            rest = from;
            break;
        };
        let name: String =
            tag.chars().take_while(|next| next.is_ascii_alphanumeric() || "_-".contains(*next)).collect();
        let closing = format!("[/{name}]");
        let inside = after.split_once(closing.as_str());
        match (name.as_str(), inside) {
            ("caption" | "wp_caption", Some((inside, after))) => {
                done.html.push_str(&caption(inside, value(tag, "caption")));
                rest = after;
            }
            ("embed", Some((inside, after))) => {
                let address = inside.trim();
                done.html.push_str(&format!("<a href=\"{address}\">{address}</a>"));
                rest = after;
            }
            ("code" | "sourcecode", Some((inside, after))) => {
                done.html.push_str(&format!("<pre><code>{}</code></pre>", inside.trim_matches('\n')));
                rest = after;
            }
            ("gallery", _) => {
                let ids = value(tag, "ids").unwrap_or_default();
                for address in ids.split(',').filter_map(|id| attachment(id.trim())) {
                    done.html.push_str(&format!("<p><img src=\"{address}\"></p>\n"));
                }
                if ids.is_empty() {
                    done.unknown.push("a gallery names no pictures, and was left out".to_owned());
                }
                rest = after;
            }
            ("video" | "audio", _) => {
                let address = ["src", "mp4", "mp3", "webm", "ogg"].iter().find_map(|name| value(tag, name));
                done.html
                    .push_str(&address.map(|it| format!("<a href=\"{it}\">{it}</a>")).unwrap_or_default());
                rest = inside.map_or(after, |(_, after)| after);
            }
            _ => {
                if UNKNOWN.contains(&name.as_str()) {
                    done.unknown.push(format!("[{tag}] is not known here, and was left as it is"));
                }
                done.html.push('[');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    done.html.push_str(rest);
    done
}

/// The picture, and below it what is said of it: after it, or in an attribute of older versions.
fn caption(inside: &str, attribute: Option<&str>) -> String {
    let end = inside.find("<img").and_then(|at| Some(at + inside.get(at..)?.find('>')? + 1)).unwrap_or(0);
    let end = match inside.get(end..) {
        Some(rest) if rest.trim_start().starts_with("</a>") => {
            end + rest.find("</a>").unwrap_or(0) + "</a>".len()
        }
        _ => end,
    };
    let (picture, words) = inside.split_at_checked(end).unwrap_or(("", inside));
    let words = attribute.unwrap_or(words).trim();
    let words = if words.is_empty() { String::new() } else { format!("\n\n<p><em>{words}</em></p>") };
    format!("\n\n<p>{}</p>{words}\n\n", picture.trim())
}

/// The value of an attribute, in single or double quotes.
fn value<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    ['"', '\''].iter().find_map(|quote| {
        let (_, rest) = tag.split_once(&format!("{name}={quote}"))?;
        rest.split(*quote).next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(html: &str) -> Converted {
        converted(html, |id| (id == "7").then(|| "https://a.example/7.png".to_owned()))
    }

    #[test]
    fn captions_stand_below_their_pictures() {
        let html =
            convert("[caption id=\"a\" width=\"3\"]<a href=\"/b\"><img src=\"a.png\"></a> Words[/caption]")
                .html;
        assert_eq!(html.trim(), "<p><a href=\"/b\"><img src=\"a.png\"></a></p>\n\n<p><em>Words</em></p>");
        let html = convert("[caption caption=\"Old\"]<img src=\"a.png\">[/caption]").html;
        assert_eq!(html.trim(), "<p><img src=\"a.png\"></p>\n\n<p><em>Old</em></p>");
    }

    #[test]
    fn galleries_are_their_pictures() {
        assert_eq!(convert("[gallery ids=\"7,8\"]").html, "<p><img src=\"https://a.example/7.png\"></p>\n");
        assert_eq!(convert("[gallery]").unknown.len(), 1);
    }

    #[test]
    fn other_brackets_stay() {
        for same in ["a [1] b", "[unclosed", "[x](y)", "a[0]"] {
            assert_eq!(convert(same), Converted { html: same.to_owned(), unknown: Vec::new() });
        }
        assert_eq!(convert("[wpforms id=\"1\"]").unknown.len(), 1);
    }
}
