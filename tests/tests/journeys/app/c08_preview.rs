//! 8. What is previewed is what is published, byte for byte; and it is there as one types.

use serde_json::json;
use tests::Journey;
use tests::browser::Browser;
use tests::hosted_ui::EDITOR;

use super::pictures::drop_pictures;
use super::stage::{ask, begin_entry, choose, desk_of, is_saved, shows, write};

/// Texts that are easy to get wrong.
const HARD: [&str; 6] = [
    "# One\n\n## Twice\n\n## Twice\n\nTo [the second](#twice-1). *a **b*** __c__ ~~d~~ `e``f` **g**h\n\nA line\\\nand \
     one  \nmore &amp; &copy; &#x1F642; 5 < 6 && 7 > 2\n",
    "| left | middle | right |\n|:---|:---:|---:|\n| a \\| b | `c \\| d` | **e** |\n| | ![](x.png) | <b>f</b> |\n\n- [x] \
     done\n- [ ] open\n  1. one\n\n     two\n  3. three\n\n\n* loose\n\n* list\n",
    "Said once[^1], and again[^long].\n\n[^1]: Here.\n[^long]: There,\n    > with a quotation\n\n    and an end.\n\n> [!NOTE]\n> \
     noted\n\n---\n\nTerm\n: not a definition\n",
    "```rust\nfn main() { println!(\"<&>\"); }\n```\n\n~~~\n```\nnot closed\n~~~\n\n    indented & <code>\n\n```mermaid\ngraph \
     TD;\n```\n\n``` js title=\"x\"\nlet a = `b`;\n",
    "<script>alert(1)</script>\n\n<div onclick=\"x()\" style=\"color:red\">block <em>kept?</em></div>\n\n[a](javascript:alert(1)) \
     <https://example.com/?a=1&b=2> www.example.com ![alt \"quoted\"](</a b.png> \"t\") <br> <img src=x onerror=y>\n",
    "شكراً — [link](https://example.com/%D8%B4 \"عنوان\")\n\nZero\u{200b}width, nbsp\u{a0}here, e\u{301} and 👩‍👩‍👧\n\n\\*not\\* \
     emphasis\n\n***\n\nHard\ttab\n\n1) one\n2) two\n",
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_previewed_is_what_is_published() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    browser.open(&cloud.page("/admin/media")).await?;
    browser.sees_heading("Media").await?;
    choose(&browser, "Section", "/news/").await?;
    drop_pictures(&browser, ".drop", &["one.png"], 700).await?;
    browser.wait_for("the picture", "return document.querySelectorAll('.pictures li').length", &[]).await?;
    let picture = ask(&browser, "/api/v1/media").await?["items"][0]["id"].as_str().unwrap().to_owned();
    browser.open(&cloud.page("/admin/")).await?;
    let other = begin_entry(&browser, "The other", "/guide/", "Linked to.").await?;
    browser.press("Publish").await?;
    shows(&browser, "#publication", "Live: seen here after").await?;
    browser.open(&cloud.page("/admin/")).await?;
    let id = begin_entry(&browser, "Hard to render", "/news/", "begun").await?;
    let page = cloud.page(ask(&browser, &format!("/api/v1/entries/{id}")).await?["path"].as_str().unwrap());
    let referring =
        format!("To [it](entry:{other}), [nowhere](entry:none).\n\n![A picture](media:{picture})\n");

    let texts = HARD.into_iter().chain([referring.as_str()]);
    for (number, text) in texts.enumerate() {
        write(&browser, text).await?;
        is_saved(&browser, &id, text).await?;
        let label = if number == 0 { "Publish" } else { "Publish changes" };
        browser.press(label).await?;
        shows(&browser, "#publication", "Live: seen here after").await?;
        browser
            .run("document.querySelector('#publication [aria-label=Close]').click(); return true", &[])
            .await?;
        let published = browser.fetch(&page, json!({ "cache": "no-store" })).await?;
        let previewed = browser.fetch(&format!("/api/v1/entries/{id}/preview"), json!({})).await?;
        assert_eq!((published.status, previewed.status), (200, 200));
        let article = article(&published.body);
        assert_eq!(article, self::article(&previewed.body), "the page in the preview, of {text:?}");
        is_shown_beside(&browser, article, text).await?;
    }
    Ok(())
}

/// What the published page and its preview have in common: all that the entry makes of it.
fn article(page: &str) -> &str {
    let (_, article) = page.split_once("<article>").expect("an article");
    let (article, _) = article.split_once("</article>").expect("the article's end");
    article
}

/// The preview beside the text is made of the very bytes that the page holds, and comes to the same elements.
async fn is_shown_beside(browser: &Browser, article: &str, text: &str) -> Journey {
    let same = "const [article, text] = arguments;
        const shown = document.querySelector('#preview').innerHTML.trim();
        const page = new DOMParser().parseFromString(article, 'text/html').querySelector('.text');
        return page.innerHTML.trim() === shown || null";
    browser.wait_for("the page's text in the preview", same, &[json!(article), json!(text)]).await?;
    if text.contains("media:") {
        // What it refers to is known to the app alone.
        return Ok(());
    }
    let rendered = "return loadTextEngine().then(engine => engine.render(arguments[0], [])[0])";
    let rendered = browser.run(rendered, &[json!(text)]).await?;
    let rendered = rendered.as_str().unwrap().trim();
    assert!(article.contains(rendered), "{rendered}\nis not in\n{article}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_in_the_preview_of_a_long_text_within_50_milliseconds() -> Journey {
    let (_cloud, browser) = desk_of(EDITOR).await?;
    let block = "A paragraph with *some* emphasis, a [link](https://example.com/) and `code` in it.\n\n\
                 - a list\n- of two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n";
    let text = block.repeat(20_000 / block.len());
    begin_entry(&browser, "Long", "/news/", &text).await?;
    shows(&browser, "#preview", "A paragraph").await?;
    let script = "
        const field = document.querySelector('#text'), preview = document.querySelector('#preview');
        const key = letter => new Promise(resolve => {
            const seen = new MutationObserver(() => {
                seen.disconnect();
                requestAnimationFrame(() => setTimeout(resolve));
            });
            seen.observe(preview, { childList: true, subtree: true, characterData: true });
            document.execCommand('insertText', false, letter);
        });
        field.focus();
        field.setSelectionRange(12, 12);
        return (async () => {
            for (const letter of arguments[0]) await key(letter);
            return true;
        })()";
    let keys = "twenty keys, in all.";
    browser.run(script, &[json!("warm up")]).await?;
    let before = browser.has_worked().await?;
    browser.run(script, &[json!(keys)]).await?;
    let each = (browser.has_worked().await? - before) / 20.0;
    assert!(each > 0.1 && each <= 50.0, "a key takes {each} ms until it is in the preview");
    Ok(())
}
