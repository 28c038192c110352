//! The programs of docs/api.md, run as somebody would who copies them.

use std::process::Stdio;
use std::time::Duration;

use tests::browser::Browser;
use tests::cloud::Cloud;
use tests::hosted_ui::{EDITOR, sign_in};
use tests::{Failure, Journey};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

const DOCUMENT: &str = include_str!("../../../docs/api.md");
/// Where both programs are told that the person has signed in.
const CALLBACK: &str = "http://localhost:8976/callback";

/// The block of code in this language.
fn block(language: &str) -> &'static str {
    let (_, rest) = DOCUMENT.split_once(&format!("\n```{language}\n")).expect("a block of code");
    rest.split("\n```").next().unwrap_or_default()
}

fn started(command: &mut Command) -> Result<(Child, Lines<BufReader<ChildStdout>>), Failure> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // No browser but the test's.
        .env("BROWSER", "true")
        .kill_on_drop(true)
        .spawn()?;
    let output = child.stdout.take().ok_or_else(|| std::io::Error::other("no output"))?;
    Ok((child, BufReader::new(output).lines()))
}

/// The address to open, which the program prints.
async fn address(lines: &mut Lines<BufReader<ChildStdout>>) -> Result<String, Failure> {
    while let Some(line) = lines.next_line().await? {
        if line.contains("code_challenge=")
            && let Some(address) = line.split(' ').find(|word| word.starts_with("http"))
        {
            return Ok(address.to_owned());
        }
    }
    Err(std::io::Error::other("the program told no address").into())
}

async fn rest(mut lines: Lines<BufReader<ChildStdout>>) -> Result<String, Failure> {
    let mut text = String::new();
    while let Some(line) = lines.next_line().await? {
        text += &line;
        text.push('\n');
    }
    Ok(text)
}

/// One after the other: both wait at the same port.
#[tokio::test(flavor = "multi_thread")]
async fn the_programs_of_the_document_get_tokens_and_call_the_api() -> Journey {
    let (cloud, browser) = tokio::join!(Cloud::cms(), Browser::start());
    let (cloud, browser) = (cloud?, browser?);

    let mut python = Command::new("python3");
    let (mut child, mut lines) = started(python.args(["-c", block("python"), cloud.site()]))?;
    browser.open(&address(&mut lines).await?).await?;
    sign_in(&browser, EDITOR).await?;
    browser.sees("You may close this window.").await?;
    let said = rest(lines).await?;
    assert!(child.wait().await?.success(), "{said}");
    assert!(said.contains("Signed in as editor"), "{said}");
    assert!(said.contains("draft\t/from-a-program/\tFrom a program"), "{said}");

    let mut shell = Command::new("sh");
    let (mut child, mut lines) = started(shell.args(["-c", block("sh")]).env("SITE", cloud.site()))?;
    // Signed in at the hosted UI already, and sent on at once; the browser finds nobody at the callback.
    let _ = browser.open(&address(&mut lines).await?).await;
    let came_back = async {
        loop {
            let here = browser.address().await?;
            if here.as_str().starts_with(CALLBACK) {
                return Ok::<_, Failure>(here);
            }
            if here.path().ends_with("/login") {
                let _ = sign_in(&browser, EDITOR).await;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let back = tokio::time::timeout(Duration::from_secs(30), came_back).await??;
    if let Some(input) = &mut child.stdin {
        input.write_all(format!("{back}\n").as_bytes()).await?;
    }
    let said = rest(lines).await?;
    assert!(child.wait().await?.success(), "{said}");
    assert!(said.contains("\"path\":\"/from-a-program/\""), "{said}");
    Ok(())
}
