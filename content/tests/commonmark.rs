//! CommonMark's own examples (specification 0.31.2, from npm), but for what is different on purpose: HTML is text, and
//! schemes are allow-listed.

#[cfg(test)]
mod examples {
    use content::markdown::{Nothing, blocks, render};

    /// Examples that differ, each with its reason.
    const DIFFERENT: [(&str, &[usize]); 2] = [
        ("raw HTML is shown as text", RAW_HTML),
        ("only http, https, mailto and tel are addresses", OTHER_SCHEME),
    ];
    const RAW_HTML: &[usize] = &[
        21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165,
        166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185,
        186, 187, 188, 189, 190, 191, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615,
        616, 617, 623, 625, 626, 627, 628, 629, 630, 631, 642, 643,
    ];
    const OTHER_SCHEME: &[usize] = &[500, 596, 598, 599, 601];

    struct Example {
        number: usize,
        markdown: String,
        html: String,
    }

    fn examples() -> Vec<Example> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/node_modules/commonmark-spec/spec.txt");
        let text = std::fs::read_to_string(path)
            .unwrap_or_else(|error| panic!("{path}: {error}; make test installs it"));
        let fence = "`".repeat(32);
        let mut examples = Vec::new();
        for part in text.split(&format!("{fence} example\n")).skip(1) {
            let (example, _) = part.split_once(&format!("\n{fence}")).unwrap();
            let (markdown, html) =
                example.split_once("\n.\n").or(example.strip_suffix("\n.").map(|md| (md, ""))).unwrap();
            let tabs = |text: &str| text.replace('→', "\t");
            examples.push(Example {
                number: examples.len() + 1,
                markdown: format!("{}\n", tabs(markdown)),
                html: tabs(html),
            });
        }
        examples
    }

    /// Without what the theme and assistive technology need beside the specification's elements, and without differences of
    /// spelling that no reader of HTML sees.
    fn canonical(html: &str) -> String {
        let mut html = html.to_owned();
        for level in 1..=6 {
            let open = format!("<h{level} id=\"");
            while let Some(at) = html.find(&open) {
                let end = at + open.len() + html.get(at + open.len()..).unwrap().find("\">").unwrap();
                html.replace_range(at..end + 2, &format!("<h{level}>"));
            }
        }
        for (from, to) in [
            (" tabindex=\"0\"", ""),
            (" loading=\"lazy\" decoding=\"async\"", ""),
            (" />", ">"),
            ("&quot;", "\""),
            ("&#x27;", "'"),
            ("\n", ""),
        ] {
            html = html.replace(from, to);
        }
        html
    }

    #[test]
    fn the_examples_of_the_specification_hold() {
        let examples = examples();
        assert!(examples.len() > 600, "{} examples", examples.len());
        let mut wrong = Vec::new();
        for example in &examples {
            let ours = canonical(&render(&example.markdown, &Nothing).html);
            let same = ours == canonical(&example.html);
            let listed = DIFFERENT.iter().any(|(_, numbers)| numbers.contains(&example.number));
            if same == listed {
                wrong.push((example.number, &example.markdown, ours, canonical(&example.html)));
            }
        }
        let numbers: Vec<usize> = wrong.iter().map(|(number, ..)| *number).collect();
        assert!(wrong.is_empty(), "{numbers:?}\n{wrong:#?}");
    }

    #[test]
    fn blocks_of_every_example_are_in_order_and_apart() {
        for example in examples() {
            let mut end = 0;
            for block in blocks(&example.markdown) {
                assert!(
                    block.source.start >= end,
                    "example {}: {:?}",
                    example.number,
                    blocks(&example.markdown)
                );
                assert!(example.markdown.get(block.source.clone()).is_some(), "example {}", example.number);
                end = block.source.end;
            }
        }
    }
}
