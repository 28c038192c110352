//! What the functions beside the API cost: `make bench` runs it and puts its table into BENCHMARKS.md.
//!
//! A picture of 12 megapixels through make-renditions: CPU time and the most memory. Of each function the time from its
//! first event, for which a process is started, to the answer; and the size of its zip.

use std::fs;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};
use std::time::Instant;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, RgbImage};
use serde_json::{Value, json};
use stack::bucket::ObjectMetadata;
use tempfile::TempDir;
use tests::benchmarks::{spread, write_table};
use tests::local_aws::{BUCKET, DISTRIBUTION, LocalAws, PARAMETER, SITE_BUCKET, TABLE};
use tests::packaged_function::Running;
use tests::{Failure, Journey, process};

/// Starts of each function, and pictures.
const ROUNDS: usize = 9;
const CPU_GOAL: f64 = 3_000.0;
const MEMORY_GOAL: f64 = 300.0;

const FUNCTIONS: [&str; 4] = ["announce", "make-renditions", "publish-due", "record-sign-in"];

#[tokio::main]
async fn main() -> Journey {
    let aws = LocalAws::start().await?;
    let mut table = "| what | goal: at most | measured | |\n|---|---|---|---|\n".to_owned();
    let photo = photo()?;
    let (mut cpu, mut memory) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let (milliseconds, megabytes) = picture(&aws, &photo, round).await?;
        cpu.push(milliseconds);
        memory.push(megabytes);
    }
    table += &row("12-megapixel JPEG to all renditions: CPU, ms", Some(CPU_GOAL), cpu);
    table += &row("the same: most memory, MB", Some(MEMORY_GOAL), memory);
    for name in FUNCTIONS {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            times.push(start(&aws, name).await?);
        }
        table += &row(&format!("{name}: start to first answer, ms"), None, times);
    }
    for name in FUNCTIONS {
        let size = fs::metadata(built(&format!("{name}.zip")))?.len();
        table += &format!("| {name}: zip, bytes | - | {size} | |\n");
    }
    Ok(write_table("functions", &table)?)
}

fn row(what: &str, goal: Option<f64>, figures: Vec<f64>) -> String {
    let (median, least, most) = spread(figures);
    let verdict = match goal {
        Some(goal) if median <= goal => "met",
        Some(_) => "**missed**",
        None => "",
    };
    let goal = goal.map_or_else(|| "-".to_owned(), |goal| goal.to_string());
    format!("| {what} | {goal} | {median:.0} ({least:.0}–{most:.0}) | {verdict} |\n")
}

fn built(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist").join(name)
}

/// A picture as detailed as a photo: grain over slow changes of colour.
fn photo() -> Result<Vec<u8>, Failure> {
    let mut seed = 1_u32;
    let image = RgbImage::from_fn(4_000, 3_000, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (seed >> 27) as u8;
        let [red, green, blue] = [x / 20, y / 15, (x + y) / 30].map(|part| (part % 220) as u8);
        image::Rgb([red.saturating_add(grain), green.saturating_add(grain), blue.saturating_add(grain)])
    });
    let mut bytes = Cursor::new(Vec::new());
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90))?;
    let bytes = bytes.into_inner();
    let format = image::guess_format(&bytes)?;
    if format == ImageFormat::Jpeg { Ok(bytes) } else { Err(io::Error::other("no JPEG").into()) }
}

/// CPU time in ms and the most memory in MB of a process that makes one picture's renditions.
async fn picture(aws: &LocalAws, photo: &[u8], round: usize) -> Result<(f64, f64), Failure> {
    let folder = copy_of("make-renditions")?;
    let environment = environment("make-renditions");
    let function = Running::from_folder("make-renditions", folder.path(), &aws.url(), &environment).await?;
    function.call(&event("uploads/none")).await?;
    let running = process::running_in(folder.path())?;
    let number = *running.first().ok_or_else(|| io::Error::other("the function does not run"))?;
    let user = [("media", format!("m{round}")), ("section", "/news/".into()), ("name", "a.jpg".into())];
    let metadata = ObjectMetadata {
        user: user.map(|(name, value)| (name.to_owned(), value)).into(),
        ..ObjectMetadata::default()
    };
    let key = format!("uploads/m{round}");
    aws.bucket.put(key.as_str(), photo.to_vec(), metadata);
    let before = process::cpu_time(number)?;
    function.call(&event(&key)).await?;
    let cpu = process::cpu_time(number)? - before;
    let made = aws.site.list(&format!("site/news/media/m{round}/")).len();
    if made != 8 {
        return Err(io::Error::other(format!("{made} files were made, expected 8")).into());
    }
    Ok((cpu, megabytes(process::most_resident(number)?)))
}

/// From the first event of a function to its answer, in ms.
#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
async fn start(aws: &LocalAws, name: &'static str) -> Result<f64, Failure> {
    let folder = copy_of(name)?;
    let function = Running::from_folder(name, folder.path(), &aws.url(), &environment(name)).await?;
    let event = match name {
        "record-sign-in" => json!({ "no": "sign-in" }),
        "publish-due" => json!({ "source": "aws.events" }),
        _ => event("elsewhere/none"),
    };
    let began = Instant::now();
    // publish-due asks a function that is not there, and says so.
    let _ = function.call(&event).await;
    Ok(began.elapsed().as_secs_f64() * 1_000.0)
}

fn environment(name: &str) -> Vec<(&'static str, &'static str)> {
    match name {
        "announce" => {
            vec![("DISTRIBUTION_ID", DISTRIBUTION), ("SITE_BUCKET", SITE_BUCKET), ("RECORDS_TABLE", TABLE)]
        }
        "make-renditions" => {
            vec![("UPLOADS_BUCKET", BUCKET), ("SITE_BUCKET", SITE_BUCKET), ("RECORDS_TABLE", TABLE)]
        }
        "publish-due" => vec![("BACKEND_FUNCTION", "none")],
        _ => vec![
            ("RECORDS_TABLE", TABLE),
            ("SIGN_INS_BUCKET", BUCKET),
            ("GREETING_PARAMETER", PARAMETER),
            ("METRICS_NAMESPACE", "Parapet/bench"),
        ],
    }
}

/// The function in a folder of its own, by which its process is found.
fn copy_of(name: &str) -> io::Result<TempDir> {
    let folder = TempDir::new()?;
    fs::copy(built("functions").join(name).join("bootstrap"), folder.path().join("bootstrap"))?;
    Ok(folder)
}

fn event(key: &str) -> Value {
    json!({ "Records": [{
        "eventName": "ObjectCreated:Put",
        "s3": { "bucket": { "name": BUCKET }, "object": { "key": key, "size": 1 } },
    }] })
}

#[expect(clippy::cast_precision_loss, reason = "some hundred thousand")]
fn megabytes(kilobytes: u64) -> f64 {
    kilobytes as f64 * 1.024 / 1_000.0
}
