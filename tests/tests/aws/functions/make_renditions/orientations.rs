//! Cameras turn no pixels, they say how the camera was held: whatever it said, readers see the picture upright.

use image::{DynamicImage, GenericImageView as _, ImageFormat, Rgb, RgbImage};

use super::exif::oriented;
use super::setting::{Function, encoded};

const CORNERS: [Rgb<u8>; 4] =
    [Rgb([200, 30, 30]), Rgb([30, 160, 30]), Rgb([30, 30, 200]), Rgb([220, 200, 30])];

/// A picture with a colour in each quarter: upper left, upper right, lower left, lower right.
fn upright(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        let quarter = usize::from(y >= height / 2) * 2 + usize::from(x >= width / 2);
        CORNERS[quarter]
    }))
}

/// The pixels that a camera stores of an upright picture, by Exif's orientation.
fn stored(image: &DynamicImage, orientation: u16) -> DynamicImage {
    match orientation {
        2 => image.fliph(),
        3 => image.rotate180(),
        4 => image.flipv(),
        // To be mirrored at the diagonal, turned right, mirrored at the other one, turned left.
        5 => image.rotate90().fliph(),
        6 => image.rotate270(),
        7 => image.rotate270().fliph(),
        8 => image.rotate90(),
        _ => image.clone(),
    }
}

fn corners(image: &DynamicImage) -> Vec<usize> {
    let (width, height) = image.dimensions();
    let places = [(1, 1), (3, 1), (1, 3), (3, 3)];
    let near = |colour: image::Rgba<u8>| {
        CORNERS
            .iter()
            .position(|corner| corner.0.iter().zip(colour.0).all(|(ours, theirs)| ours.abs_diff(theirs) < 40))
    };
    places
        .iter()
        .map(|(x, y)| near(image.get_pixel(width * x / 4, height * y / 4)).expect("one of the colours"))
        .collect()
}

/// Eight orientations and none, of a wide and of a tall picture.
#[tokio::test]
async fn scenario_12_eighteen_photos_stand_upright() {
    let function = Function::start().await;
    for (shape, (width, height)) in [("wide", (480, 320)), ("tall", (320, 480))] {
        let picture = upright(width, height);
        for orientation in 0..=8_u16 {
            let media = format!("{shape}-{orientation}");
            let jpeg = encoded(&stored(&picture, orientation), ImageFormat::Jpeg);
            let photo = oriented(&jpeg, orientation, orientation % 2 == 0);
            function.take(&media, "photo.jpg", photo).await.unwrap();
            let item = function.item(&media).unwrap();
            let said = |name: &str| item[name]["N"].as_str().unwrap().parse::<u32>().unwrap();
            assert_eq!((said("width"), said("height")), (width, height), "{media}");
            let files = function.files(&media);
            assert!(files.len() >= 2, "{media}: {} files", files.len());
            for file in files {
                let seen = image::load_from_memory(&file.body).unwrap();
                assert_eq!(seen.width() > seen.height(), width > height, "{}", file.key);
                assert_eq!(corners(&seen), [0, 1, 2, 3], "{}", file.key);
            }
        }
    }
}
