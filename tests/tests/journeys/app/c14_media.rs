//! 14. Pictures are dropped and pasted, each with its progress; none is published without having been asked about.

use serde_json::{Value, json};
use tests::Journey;
use tests::browser::{Browser, Network};
use tests::hosted_ui::EDITOR;

use super::pictures::{choose_picture, drop_pictures, paste_picture};
use super::stage::{act, ask, begin_entry, desk_of, saved_text, shows, write_richly};

/// An upload takes seconds.
const NARROW: Network = Network { name: "a narrow way up", latency: 0, down: 10_000_000, up: 60_000 };
const WIDE: Network = Network { name: "a wide way up", latency: 0, down: 100_000_000, up: 100_000_000 };

#[tokio::test(flavor = "multi_thread")]
async fn ten_files_show_their_progress_and_one_is_cancelled() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    browser.open(&cloud.page("/admin/media")).await?;
    shows(&browser, ".drop", "News").await?;
    let names: Vec<String> = (0..10).map(|number| format!("picture-{number}.png")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    browser.slow_down(NARROW, 1).await?;
    drop_pictures(&browser, ".drop", &names, 160).await?;
    let bars = "return document.querySelectorAll('.uploads progress').length === arguments[0]";
    browser.wait_for("ten progress bars", bars, &[json!(10)]).await?;
    let moved = "return [...document.querySelectorAll('.uploads progress')].some(bar => bar.value > 0)";
    browser.wait_for("one that moves", moved, &[]).await?;

    let cancel = "const row = [...document.querySelectorAll('.uploads li')]
            .find(row => row.innerText.includes('picture-3.png'));
        row.querySelector('progress + button').click();
        return true";
    browser.run(cancel, &[]).await?;
    let gone = "return !document.querySelector('.uploads').innerText.includes('picture-3.png')";
    browser.wait_for("one less", gone, &[]).await?;
    browser.slow_down(WIDE, 1).await?;
    let arrived = "const pictures = [...document.querySelectorAll('.pictures img')];
        return !document.querySelector('.uploads li') && pictures.length === 9
            && pictures.every(picture => picture.complete && picture.naturalWidth > 0)";
    browser.wait_for("nine pictures", arrived, &[]).await?;
    let known = "return fetch('/api/v1/media').then(answer => answer.json()).then(({ items }) =>
        items.length === 9 && items.every(item => item.state === 'ready' && item.name !== 'picture-3.png'))";
    browser.wait_for("nothing of the one that was cancelled", known, &[]).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_failed_is_tried_again() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    browser.open(&cloud.page("/admin/media")).await?;
    shows(&browser, ".drop", "News").await?;
    browser.refuse(&["*uploads-000000000000*"]).await?;
    drop_pictures(&browser, ".drop", &["big.png"], 400).await?;
    shows(&browser, ".uploads [role=alert]", "The server could not be reached.").await?;
    browser.refuse(&[]).await?;
    browser.press("Try again").await?;
    let arrived = "return !document.querySelector('.uploads li')
        && document.querySelectorAll('.pictures li').length === 1";
    browser.wait_for("the picture", arrived, &[]).await?;
    // What was begun is what went on.
    let items = ask(&browser, "/api/v1/media").await?["items"].clone();
    assert_eq!(items.as_array().map(Vec::len), Some(1), "{items}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_pasted_into_markdown_is_described_before_it_is_published() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "With a picture", "/news/", "Before.\n\n").await?;
    browser
        .run("const text = document.querySelector('#text'); text.setSelectionRange(9, 9); return true", &[])
        .await?;
    paste_picture(&browser, "#text", "image.png").await?;
    let text = saved_text(&browser, &id, "/^Before\\.\\n\\n!\\[]\\(media:[^)]+\\)\\n$/.test(body)").await?;
    let media = text.split(['(', ')']).nth(1).unwrap().trim_start_matches("media:").to_owned();
    is_described_and_published(&browser, &cloud.page(&path(&browser, &id).await?), &media).await
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_pasted_and_dropped_into_rich_text_stand_where_they_were_put() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "With pictures", "/news/", "First.\n\nLast.\n").await?;
    write_richly(&browser).await?;
    let end_of_first = "const first = document.querySelector('#rich [contenteditable] > p');
        if (first?.innerText !== 'First.') return false;
        getSelection().setPosition(first.firstChild, 6);
        return true";
    browser.wait_for("the first paragraph", end_of_first, &[]).await?;
    paste_picture(&browser, "#rich [contenteditable]", "image.png").await?;
    let pasted = "/^First\\.!\\[]\\(media:[^)]+\\)\\n\\nLast\\.\\n$/.test(body)";
    let text = saved_text(&browser, &id, pasted).await?;
    let media = text.split(['(', ')']).nth(1).unwrap().trim_start_matches("media:").to_owned();
    is_described_and_published(&browser, &cloud.page(&path(&browser, &id).await?), &media).await?;

    drop_pictures(&browser, "#rich [contenteditable] > p:last-of-type", &["dropped.png"], 64).await?;
    let dropped = "body.match(/media:/g)?.length === 2 && /media:[^)]+\\)/.test(body.split('\\n\\n')[1])";
    saved_text(&browser, &id, dropped).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_replaced_where_it_stands() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "With a picture", "/news/", "Before.\n\n").await?;
    browser
        .run("const text = document.querySelector('#text'); text.setSelectionRange(9, 9); return true", &[])
        .await?;
    paste_picture(&browser, "#text", "image.png").await?;
    let text = saved_text(&browser, &id, "/media:/.test(body)").await?;
    let media = text.split(['(', ')']).nth(1).unwrap().trim_start_matches("media:").to_owned();
    let page = cloud.page(&path(&browser, &id).await?);
    is_described_and_published(&browser, &page, &media).await?;
    let item = act(&browser, "GET", &format!("/api/v1/media/{media}"), Value::Null).await?;
    let former = item["renditions"][0]["url"].as_str().unwrap().to_owned();
    assert_eq!(browser.fetch(&cloud.page(&former), json!({})).await?.status, 200);

    browser.open(&cloud.page("/admin/media")).await?;
    let open = "const tile = document.querySelector('.tile'); tile?.click(); return !!tile";
    browser.wait_for("the picture", open, &[]).await?;
    browser.wait_for("its form", "return !!document.querySelector('#replacement')", &[]).await?;
    choose_picture(&browser, "#replacement", "quay.png").await?;
    let replaced = "return fetch(`/api/v1/media/${arguments[0]}`).then(answer => answer.json())
        .then(item => item.version === 2 && !item.replacement && item)";
    let item = browser.wait_for("the other picture", replaced, &[json!(media)]).await?;
    assert_eq!((&item["name"], &item["alt"]), (&json!("quay.png"), &json!("A grey square")));
    let current = item["renditions"][0]["url"].as_str().unwrap().to_owned();

    let shows = "return fetch(arguments[0], { cache: 'no-store' }).then(answer => answer.text())
        .then(page => page.includes(arguments[1]) && !page.includes(arguments[2]))";
    browser.wait_for("the page with it", shows, &[json!(page), json!(current), json!(former)]).await?;
    assert_eq!(browser.fetch(&cloud.page(&current), json!({})).await?.status, 200);
    let gone = "return fetch(arguments[0], { cache: 'no-store' }).then(answer => answer.status === 404)";
    browser.wait_for("the file before, gone", gone, &[json!(cloud.page(&former))]).await?;
    shows_name(&browser, "quay.png").await
}

/// The library calls a picture so.
async fn shows_name(browser: &Browser, name: &str) -> Journey {
    shows(browser, ".pictures", name).await?;
    let over = "return !document.querySelector('.uploads li')";
    browser.wait_for("no upload on its way", over, &[]).await?;
    Ok(())
}

async fn path(browser: &Browser, id: &str) -> Result<String, tests::Failure> {
    let entry = ask(browser, &format!("/api/v1/entries/{id}")).await?;
    Ok(entry["path"].as_str().unwrap_or_default().to_owned())
}

/// Publishing asks what the picture shows, and readers hear it.
async fn is_described_and_published(browser: &Browser, page: &str, media: &str) -> Journey {
    browser.press("Publish").await?;
    browser.sees("Describe the pictures first").await?;
    assert_eq!(
        browser.fetch(page, json!({ "cache": "no-store" })).await?.status,
        404,
        "not before it is described"
    );
    browser.fill_in("Description for people who cannot see it (image.png)", "A grey square").await?;
    browser.press("Publish").await?;
    shows(browser, "#publication", "Live: seen here after").await?;
    let published = browser.fetch(page, json!({ "cache": "no-store" })).await?.body;
    assert!(published.contains("alt=\"A grey square\""), "{published}");
    let item = act(browser, "GET", &format!("/api/v1/media/{media}"), Value::Null).await?;
    assert_eq!(item["alt"], "A grey square");
    Ok(())
}
