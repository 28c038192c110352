//! An evening's writing: a text of 50,000 words, and the cursor in the middle of it.

/// The text: 125 chapters.
#[must_use]
pub fn text() -> String {
    let paragraph = "Somebody wrote these *twenty* words on an evening that went on for a very long time, and saved \
                     [all](https://example.com/) of them.\n\n";
    let text = format!("## A chapter\n\n{}", paragraph.repeat(20)).repeat(125);
    debug_assert!(text.split_whitespace().count() >= 50_000, "an evening has 50,000 words");
    text
}

/// A script that shows the text of its first argument in a field of the browser's own, with nobody listening.
pub const BARE_FIELD: &str = "document.body.innerHTML = '<textarea rows=40 cols=70></textarea>';
    const field = document.body.firstChild;
    field.value = arguments[0];
    field.focus();
    field.setSelectionRange(150_000, 150_000);
    return true";

/// A script that puts the cursor into the markdown field; false while the text is not there.
pub const IN_FIELD: &str = "const field = document.querySelector('#text');
    if (!(field?.value.length > 300_000)) return false;
    field.focus();
    field.setSelectionRange(150_000, 150_000);
    return true";

/// A script that puts the cursor into a paragraph of the rich text; false while the text is not there.
pub const IN_RICH_TEXT: &str = "const blocks = document.querySelectorAll('#rich [contenteditable] > p');
    if (blocks.length < 2_000) return false;
    document.querySelector('#rich [contenteditable]').focus();
    blocks[1_200].scrollIntoView();
    getSelection().setPosition(blocks[1_200].firstChild, 5);
    return true";
