//! Files that were made to hurt: each is refused with a reason, and the process goes on.

use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageFormat};

use super::setting::{Function, encoded, plain};

/// Hands in a file that has to be refused; what the record says.
async fn refused(function: &Function, media: &str, bytes: Vec<u8>) -> String {
    function.take(media, "picture.png", bytes).await.unwrap();
    let item = function.item(media).unwrap();
    assert_eq!(item["state"]["S"], "refused", "{media}: {item}");
    assert!(function.files(media).is_empty(), "{media}");
    item["problem"]["S"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn hostile_files_are_refused_with_a_reason_by_a_process_that_goes_on() {
    let function = Function::start().await;
    // 60,000 x 60,000 pixels in a hundred bytes, with the right checksum.
    let mut bomb = encoded(&plain(8, 8), ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let mut checksum = flate2::Crc::new();
    checksum.update(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.sum().to_be_bytes());
    let huge = {
        let mut bytes = encoded(&plain(8, 8), ImageFormat::Png);
        bytes.resize(25 * 1024 * 1024 + 1, 0);
        bytes
    };
    let script = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
    for (media, bytes, why) in [
        ("bomb", bomb, "exceeds limit"),
        ("huge", huge, "25 MiB"),
        ("page", b"<!doctype html><script>alert(1)</script>".to_vec(), "no known type"),
        ("empty", Vec::new(), "no known type"),
        ("program", b"\x7fELF\x02\x01\x01".to_vec(), "no known type"),
        ("drawing", script.to_vec(), "<script>"),
    ] {
        let problem = refused(&function, media, bytes).await;
        assert!(problem.contains(why), "{media}: {problem}");
    }
    assert_eq!(function.running.host.counts().restarts, 0, "no process was lost");
}

#[tokio::test]
async fn every_beginning_of_a_picture_is_taken_or_refused() {
    let function = Function::start().await;
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
        let whole = encoded(&plain(40, 30), format);
        for part in 1..16 {
            let media = format!("{}-{part}", format.extensions_str()[0]);
            let beginning = whole[..whole.len() * part / 16].to_vec();
            function.take(&media, "cut.png", beginning).await.unwrap();
            let item = function.item(&media).unwrap();
            // Some formats show what they have.
            assert_eq!(item["state"]["S"] == "ready", !function.files(&media).is_empty(), "{media}: {item}");
        }
    }
    assert_eq!(function.running.host.counts().restarts, 0, "no process was lost");
}

#[tokio::test]
async fn names_say_nothing_and_bytes_do() {
    let function = Function::start().await;
    function.take("m1", "innocent.html", encoded(&plain(40, 30), ImageFormat::Jpeg)).await.unwrap();
    assert_eq!(function.item("m1").unwrap()["type"]["S"], "image/jpeg");
    for file in function.files("m1") {
        let name = file.key.strip_prefix("site/news/media/m1/").unwrap();
        assert!(["innocent-40.jpg", "innocent-40.webp"].contains(&name), "{name}");
    }
}

#[tokio::test]
async fn of_what_moves_the_first_picture_is_shown() {
    let function = Function::start().await;
    let mut gif = Vec::new();
    let mut encoder = GifEncoder::new(&mut gif);
    for shade in [10_u8, 120, 240] {
        let frame = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(
            60,
            40,
            image::Rgba([shade, shade, shade, 255]),
        ));
        encoder.encode_frame(Frame::new(frame.into_rgba8())).unwrap();
    }
    drop(encoder);
    function.take("m1", "moves.gif", gif).await.unwrap();
    let files = function.files("m1");
    assert!(!files.is_empty());
    for file in files {
        let seen = image::load_from_memory(&file.body).unwrap().to_rgb8();
        assert!(seen.get_pixel(30, 20).0.iter().all(|part| *part < 60), "{}", file.key);
    }
}
