use super::*;

struct Site;

impl Resolve for Site {
    fn entry(&self, id: &str) -> Option<String> {
        (id == "1").then(|| "/news/first/".to_owned())
    }

    fn media(&self, id: &str) -> Option<Media> {
        let source = |kind: &str, width: u32| Source {
            url: format!("/news/media/7/a-{width}.{kind}"),
            kind: format!("image/{kind}"),
            width,
            height: width / 2,
        };
        match id {
            "7" => Some(Media::Picture {
                sources: vec![source("webp", 640), source("jpeg", 320), source("jpeg", 640)],
                alt: "a hill".to_owned(),
            }),
            "8" => Some(Media::File(MediaFile {
                url: "/news/media/8/a.pdf".to_owned(),
                kind: "application/pdf".to_owned(),
                name: "a.pdf".to_owned(),
            })),
            _ => None,
        }
    }
}

fn html(markdown: &str) -> String {
    render(markdown, &Site).html
}

#[test]
fn html_is_shown_as_text() {
    assert_eq!(html("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    assert_eq!(html("a <b onclick=x>b</b>"), "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n");
}

#[test]
fn no_link_is_in_a_link() {
    assert_eq!(
        html("[a <https://e.x/> b](entry:1) <https://e.x/>"),
        "<p><a href=\"/news/first/\">a https://e.x/ b</a> <a href=\"https://e.x/\">https://e.x/</a></p>\n"
    );
}

#[test]
fn a_zero_character_is_replaced() {
    assert_eq!(html("a\0b ![c\0d](media:7)").matches('\u{fffd}').count(), 2);
    assert!(!html("a\0b ![c\0d](media:7)").contains('\0'));
}

#[test]
fn a_link_of_a_refused_scheme_is_its_text() {
    assert_eq!(html("[x](javascript:alert(1)) ![y](data:text/html,z)"), "<p>x y</p>\n");
}

#[test]
fn entries_and_pictures_are_resolved() {
    assert_eq!(html("[x](entry:1#top)"), "<p><a href=\"/news/first/#top\">x</a></p>\n");
    let picture = html("![](media:7)");
    assert!(
        picture.contains(r#"<source type="image/webp" srcset="/news/media/7/a-640.webp 640w""#),
        "{picture}"
    );
    assert!(picture.contains(r#"<img src="/news/media/7/a-640.jpeg""#), "{picture}");
    assert!(
        picture.contains(r#"srcset="/news/media/7/a-320.jpeg 320w, /news/media/7/a-640.jpeg 640w""#),
        "{picture}"
    );
    assert!(picture.contains(r#"width="640" height="320" alt="a hill""#), "{picture}");
    assert_eq!(html("![paper](media:8)"), "<p><a href=\"/news/media/8/a.pdf\">paper</a></p>\n");
    let broken = render("[x](entry:9) ![y](media:9)", &Site);
    assert_eq!(broken.html, "<p>x y</p>\n");
    assert_eq!(broken.broken, [Reference::Entry("9".into()), Reference::Media("9".into())]);
}

#[test]
fn headings_have_anchors_of_their_own() {
    let rendered = render("# A *b*\n\n## A b\n\n## ?\n\n# Über uns", &Nothing);
    let anchors: Vec<&str> = rendered.headings.iter().map(|heading| heading.anchor.as_str()).collect();
    assert_eq!(anchors, ["a-b", "a-b-2", "section", "über-uns"]);
    assert!(rendered.html.starts_with("<h1 id=\"a-b\">A <em>b</em></h1>\n"), "{}", rendered.html);
}

#[test]
fn tables_carry_alignment_without_a_style() {
    let table = html("|a|b|\n|:-|-:|\n|1|2|\n");
    assert!(table.contains("<th class=\"left\">a</th><th class=\"right\">b</th>"), "{table}");
    assert!(table.contains("<td class=\"left\">1</td><td class=\"right\">2</td>"), "{table}");
    assert!(!table.contains("style"), "{table}");
}

#[test]
fn footnotes_stand_at_the_end_once_each() {
    let html = html("a[^x] b[^y] c[^x] d[^none]\n\n[^y]: why\n\n[^x]: ex\n\n[^unused]: never\n");
    assert!(
        html.contains(r##"<a href="#fn-1" id="fnref-1" class="footnote" role="doc-noteref">1</a>"##),
        "{html}"
    );
    assert_eq!(html.matches("fnref-1\"").count(), 2, "{html}");
    assert!(html.find("ex <a").unwrap() < html.find("why <a").unwrap(), "{html}");
    assert!(html.contains("[^none]") && !html.contains("never"), "{html}");
}

#[test]
fn nesting_is_bounded_and_the_text_stays() {
    let deep = format!("{}x", "> ".repeat(10_000));
    let html = html(&deep);
    assert!(html.matches("<blockquote>").count() <= 64 && html.contains('x'));
    assert_eq!(html.matches("<blockquote>").count(), html.matches("</blockquote>").count());
}

#[test]
fn a_text_over_the_limit_is_cut_at_a_character() {
    let long = "ä".repeat(MAX_BYTES);
    assert!(render(&long, &Nothing).text.len() <= MAX_BYTES);
}

#[test]
fn blocks_cover_what_is_seen() {
    let text = "# A\n\npara\nmore\n\n- x\n- y\n\n---\n\n```\ncode\n```\n";
    let sources: Vec<&str> = blocks(text).into_iter().map(|block| text.get(block.source).unwrap()).collect();
    assert_eq!(sources.len(), 5, "{sources:?}");
    assert_eq!(sources[1].trim_end(), "para\nmore");
    assert_eq!(sources[4].trim_end(), "```\ncode\n```");
}

#[test]
fn the_text_is_what_is_read() {
    let rendered = render("# A\n\nsome *words* `here`\n\n| a | b |\n|-|-|\n| c | d |", &Nothing);
    assert_eq!(rendered.text, "A some words here a b c d");
    assert_eq!((rendered.words(), rendered.reading_minutes()), (8, 1));
}
