//! Hostile markdown: whatever goes in, what comes out holds nothing that runs.

#[cfg(test)]
#[path = "../fuzz/src/cleaner.rs"]
#[expect(unreachable_pub, reason = "it is part of a crate of its own for libFuzzer")]
mod cleaner;

#[cfg(test)]
mod texts {
    use content::markdown::{Nothing, render};
    use proptest::prelude::*;

    use crate::cleaner::{is_clean, tags};

    const CASES: [&str; 18] = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&colon;alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](<java\nscript:alert(1)>)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "![a\" onerror=\"alert(1)](x)",
        "![a](x\" onerror=\"alert(1))",
        "[a](x 'y\" onmouseover=\"alert(1)')",
        "```\"><script>alert(1)</script>\nx\n```",
        "```x\" onclick=\"alert(1)\ny\n```",
        "# <svg onload=alert(1)>",
        "<javascript:alert(1)>",
        "[^\"><script>]: x\n\na[^\"><script>]",
        "|a|\n|-|\n|<iframe src=//x>|",
        "[a]: javascript:alert(1)\n\n[a]",
        "<a href=\"vbscript:x\">y</a>",
    ];

    #[test]
    fn known_attacks_do_not_run() {
        for case in CASES {
            let html = render(case, &Nothing).html;
            for tag in tags(&html) {
                let tag = tag.to_lowercase();
                let outside: String = tag.split('"').step_by(2).collect();
                assert!(!outside.contains(" on") && !outside.contains("style"), "{case:?} -> {html}");
                for bad in ["script", "iframe", "svg"] {
                    assert!(!tag.starts_with(bad), "{case:?} -> {html}");
                }
                for bad in ["=\"javascript", "=\"data:", "=\"vbscript"] {
                    assert!(!tag.contains(bad), "{case:?} -> {html}");
                }
            }
            assert!(is_clean(&html), "{case:?} -> {html}");
        }
    }

    proptest! {
        #[test]
        fn nothing_in_any_text_becomes_markup_of_its_own(
            text in r#"([a-z<>"'`\[\]()!#*_|&;:/\\^ \n-]|javascript:|<script>|onerror=|&colon;|\[\^1\]|```){0,80}"#
        ) {
            let html = render(&text, &Nothing).html;
            prop_assert!(is_clean(&html), "{:?} -> {}", text, html);
        }
    }
}
