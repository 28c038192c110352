//! Pictures that the page itself paints, and hands over as a person would: dropped or pasted.

use serde_json::{Value, json};
use tests::Failure;
use tests::browser::Browser;

/// Paints PNG files of noise, which no format makes small, into a `DataTransfer`.
const PAINT: &str = "
    const paint = async (names, size) => {
        const transfer = new DataTransfer();
        for (const name of names) {
            const canvas = document.createElement('canvas');
            canvas.width = canvas.height = size;
            const picture = new ImageData(size, size);
            for (let from = 0; from < picture.data.length; from += 65536) {
                crypto.getRandomValues(picture.data.subarray(from, from + 65536));
            }
            picture.data.forEach((_, at) => { if (at % 4 === 3) picture.data[at] = 255; });
            canvas.getContext('2d').putImageData(picture, 0, 0);
            const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
            transfer.items.add(new File([blob], name, { type: 'image/png' }));
        }
        return transfer;
    };";

/// Drops pictures of these names into the middle of an element.
pub(crate) async fn drop_pictures(
    browser: &Browser,
    element: &str,
    names: &[&str],
    size: u32,
) -> Result<(), Failure> {
    let script = "const place = document.querySelector(arguments[0]).getBoundingClientRect();
        const [clientX, clientY] = [place.x + place.width / 2, place.y + place.height / 2];
        return paint(arguments[1], arguments[2]).then(dataTransfer => {
            const event = { dataTransfer, clientX, clientY, bubbles: true, cancelable: true };
            return !document.querySelector(arguments[0]).dispatchEvent(new DragEvent('drop', event));
        })";
    hand_over(browser, script, &[json!(element), json!(names), json!(size)]).await
}

/// Pastes a picture of this name into an element.
pub(crate) async fn paste_picture(browser: &Browser, element: &str, name: &str) -> Result<(), Failure> {
    let script = "return paint([arguments[1]], 64).then(clipboardData => {
            const event = { clipboardData, bubbles: true, cancelable: true };
            return !document.querySelector(arguments[0]).dispatchEvent(new ClipboardEvent('paste', event));
        })";
    hand_over(browser, script, &[json!(element), json!(name)]).await
}

/// Chooses a picture of this name for an element that asks for a file.
pub(crate) async fn choose_picture(browser: &Browser, element: &str, name: &str) -> Result<(), Failure> {
    let script = "return paint([arguments[1]], 64).then(({ files }) => {
            const input = document.querySelector(arguments[0]);
            input.files = files;
            return input.dispatchEvent(new Event('change', { bubbles: true }));
        })";
    hand_over(browser, script, &[json!(element), json!(name)]).await
}

/// The app takes it, or the browser would do something of its own with it.
async fn hand_over(browser: &Browser, script: &str, arguments: &[Value]) -> Result<(), Failure> {
    let taken = browser.run(&format!("{PAINT}\n{script}"), arguments).await?;
    assert_eq!(taken, true, "nobody took the pictures");
    Ok(())
}
