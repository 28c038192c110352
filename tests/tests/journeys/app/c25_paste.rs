//! 25. What was copied from Word, Google Docs or a web page becomes clean markdown.

use serde_json::json;
use tests::Journey;
use tests::browser::Browser;
use tests::hosted_ui::EDITOR;

use super::stage::{begin_entry, desk_of, saved_text, write_richly};

/// As Word puts it on the clipboard, shortened: namespaces, conditional comments, a style sheet, list paragraphs.
const WORD: &str = r#"<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- /* Style Definitions */ p.MsoNormal {mso-style-unhide:no; margin:0cm; font-family:"Calibri",sans-serif;} --></style>
</head><body lang=EN-GB style='tab-interval:36.0pt;word-wrap:break-word'><!--StartFragment-->
<h1><span lang=EN-US style='mso-ansi-language:EN-US'>Minutes of the meeting<o:p></o:p></span></h1>
<p class=MsoNormal style='mso-margin-top-alt:auto'><b style='mso-bidi-font-weight:normal'><span lang=EN-US>Present:</span></b><span
lang=EN-US> Ann, <i>Ben</i> and <a href="https://example.com/cleo"><span style='color:#0563C1'>Cleo</span></a><o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=EN-US>The roof<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]><span
lang=EN-US>leaks<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span
lang=EN-US>The bell<o:p></o:p></span></p>
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'><tr
style='mso-yfti-irow:0'><td width=300 style='width:225.4pt;border:solid windowtext 1.0pt'><p class=MsoNormal><b>Who<o:p></o:p></b></p></td><td
width=300><p class=MsoNormal><b>What<o:p></o:p></b></p></td></tr><tr><td><p class=MsoNormal>Ann<o:p></o:p></p></td><td><p
class=MsoNormal>calls the roofer<o:p></o:p></p></td></tr></table>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<!--EndFragment--></body></html>"#;

const FROM_WORD: &str = "# Minutes of the meeting\n\n**Present:** Ann, *Ben* and [Cleo](https://example.com/cleo)\n\n- The roof\n  - leaks\n\
    - The bell\n\n| **Who** | **What** |\n| - | - |\n| Ann | calls the roofer |";

/// As Google Docs does: everything in a <b> that is not bold, emphasis by styles, blocks parted by <br>.
const DOCS: &str = r#"<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;"
id="docs-internal-guid-7c1f2f0a-7fff-1d2e-8c3b-9a1d2b3c4d5e"><h2 dir="ltr" style="line-height:1.38;margin-top:18pt;margin-bottom:6pt;"><span
style="font-size:16pt;font-family:Arial,sans-serif;color:#000000;font-weight:400;font-style:normal;text-decoration:none;white-space:pre-wrap;">A
walk</span></h2><p dir="ltr" style="line-height:1.38;margin-top:0pt;"><span style="font-size:11pt;font-weight:400;font-style:normal;">Along the
</span><span style="font-size:11pt;font-weight:700;font-style:normal;">river</span><span style="font-size:11pt;font-weight:400;font-style:normal;">, and </span><span
style="font-size:11pt;font-weight:400;font-style:italic;">not</span><span style="font-weight:400;"> far: </span><a
href="https://example.com/map" style="text-decoration:none;"><span style="font-size:11pt;color:#1155cc;font-weight:400;text-decoration:underline;">the
map</span></a></p><br /><ol style="margin-top:0;margin-bottom:0;padding-inline-start:48px;"><li dir="ltr"
style="list-style-type:decimal;font-size:11pt;" aria-level="1"><p dir="ltr" role="presentation"><span style="font-size:11pt;font-weight:400;">the
bridge</span></p></li><ul style="padding-inline-start:48px;"><li dir="ltr" style="list-style-type:circle;" aria-level="2"><p dir="ltr"
role="presentation"><span style="font-weight:400;">stone</span></p></li></ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span
style="font-weight:400;text-decoration:line-through;">the mill</span></p></li></ol></b><br class="Apple-interchange-newline">"#;

const FROM_DOCS: &str = "## A walk\n\nAlong the **river**, and *not* far: [the map](https://example.com/map)\n\n1. the bridge\n   - stone\n\
    2. ~~the mill~~";

/// As a browser does of a web page: computed styles everywhere, and what nobody wants.
const WEB: &str = r#"<html><body><!--StartFragment--><div class="post" style="color: rgb(36, 41, 47); font-family: -apple-system;"><h3
id="x" style="box-sizing: border-box; font-weight: 600;">Install<a class="anchor" href="javascript:void(0)" onclick="share()"></a></h3><p
style="margin-top: 0px;">Run <code style="padding: 0.2em;">make build</code>, then <strong style="font-weight: 600;">wait</strong>.<script>track()</script></p><pre
style="overflow: auto;"><code class="language-sh hljs"><span class="hljs-built_in">echo</span> <span class="hljs-string">"hi"</span>
exit 0
</code></pre><blockquote style="border-left: 4px"><p>It works.</p></blockquote><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="
width="1" height="1"><iframe src="https://ads.example/"></iframe><p><a href="https://example.com/?a=1&amp;b=2" target="_blank"
rel="nofollow" ping="https://t.example/">More</a></p></div><!--EndFragment--></body></html>"#;

const FROM_WEB: &str = "### Install\n\nRun `make build`, then **wait**.\n\n```sh\necho \"hi\"\nexit 0\n```\n\n> It works.\n\n\
    [More](https://example.com/?a=1&b=2)";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pasted_becomes_clean_markdown() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    browser.console().await?;
    for (from, html, plain, markdown) in [
        ("Word", WORD, "Minutes of the meeting", FROM_WORD),
        ("Google Docs", DOCS, "A walk", FROM_DOCS),
        ("a web page", WEB, "Install", FROM_WEB),
    ] {
        browser.open(&cloud.page("/admin/")).await?;
        let id = begin_entry(&browser, &format!("From {from}"), "/news/", "").await?;
        write_richly(&browser).await?;
        paste(&browser, "#rich [contenteditable]", html, plain).await?;
        assert_eq!(saved_text(&browser, &id, "body !== ''").await?, markdown, "from {from}");
        if from != "Word" {
            continue;
        }
        // The field of markdown, too, and Undo takes it back there.
        browser.press("Markdown").await?;
        browser
            .wait_for("the field", "return document.querySelector('#text')?.select() === undefined", &[])
            .await?;
        browser.type_in("x").await?;
        saved_text(&browser, &id, "body === 'x'").await?;
        paste(&browser, "#text", html, plain).await?;
        assert_eq!(saved_text(&browser, &id, "body !== 'x'").await?, format!("x{markdown}"), "from {from}");
        browser.control('z').await?;
        saved_text(&browser, &id, "body === 'x'").await?;
    }
    let complaints: Vec<_> =
        browser.console().await?.into_iter().filter(|line| line.level != "INFO").collect();
    assert_eq!(complaints, [], "the page's policy has nothing to say about what was pasted");
    Ok(())
}

/// Pastes, as soon as somebody takes it.
async fn paste(browser: &Browser, into: &str, html: &str, plain: &str) -> Journey {
    let script = "const clipboardData = new DataTransfer();
        clipboardData.setData('text/html', arguments[1]);
        clipboardData.setData('text/plain', arguments[2]);
        const page = document.querySelector(arguments[0]);
        return !page.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))";
    browser
        .wait_for("somebody to take what is pasted", script, &[json!(into), json!(html), json!(plain)])
        .await?;
    Ok(())
}
