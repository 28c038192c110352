//! 12. A block that was not edited keeps its bytes.

use serde_json::json;
use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{begin_entry, desk_of, is_saved, write_richly};

#[tokio::test(flavor = "multi_thread")]
async fn a_word_typed_in_rich_text_changes_its_block_alone() -> Journey {
    let (_cloud, browser) = desk_of(EDITOR).await?;
    // Written in ways that a writer of markdown would not choose by itself.
    let block = |number: usize| match number % 5 {
        0 => format!("*   item {number}\n*   another, with blanks"),
        1 => format!("Paragraph {number} with *stars* and _underscores_ here"),
        2 => format!("Heading {number}\n-------"),
        3 => format!("~~~rust\nlet number = {number};\n~~~"),
        _ => format!("|a|b|\n|-|:-:|\n|{number}|x|"),
    };
    let text = (1..=50).map(block).collect::<Vec<_>>().join("\n\n") + "\n";
    let id = begin_entry(&browser, "Fifty blocks", "/news/", &text).await?;
    browser.press("Rich text").await?;
    let place = "const block = [...document.querySelectorAll('#rich [contenteditable] > p')]
            .find(block => block.innerText.startsWith('Paragraph 26 '));
        if (!block) return false;
        block.closest('[contenteditable]').focus();
        const end = document.createRange();
        end.selectNodeContents(block);
        end.collapse(false);
        getSelection().removeAllRanges();
        getSelection().addRange(end);
        return true";
    browser.wait_for("the paragraph", place, &[]).await?;
    browser.type_in("!").await?;
    let changed = text.replace(
        "Paragraph 26 with *stars* and _underscores_ here",
        "Paragraph 26 with *stars* and _underscores_ here!",
    );
    assert_ne!(changed, text);
    is_saved(&browser, &id, &changed).await?;

    // The same Undo on both sides of the switch.
    browser.press("Markdown").await?;
    let end = "const field = document.querySelector('#text');
        if (field?.value !== arguments[0]) return false;
        field.focus();
        field.setSelectionRange(field.value.length, field.value.length);
        return true";
    browser.wait_for("the field with the text", end, &[json!(changed)]).await?;
    browser.type_in("More").await?;
    is_saved(&browser, &id, &format!("{changed}More")).await?;
    write_richly(&browser).await?;
    browser.control('z').await?;
    is_saved(&browser, &id, &changed).await?;
    browser.press("Markdown").await?;
    browser.wait_for("the field with the text", end, &[json!(changed)]).await?;
    browser.control('z').await?;
    is_saved(&browser, &id, &text).await?;
    browser.control('y').await?;
    is_saved(&browser, &id, &changed).await?;
    Ok(())
}
