//! The test of the document.

use std::fs;

use super::changing::named;
use super::transcript::{Part, read, write};
use super::world::World;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/parapet.md");
/// Commands whose sessions would show nothing of their own.
const WITHOUT: [&str; 1] = ["help"];

#[tokio::test]
async fn the_sessions_are_what_is_seen_today() {
    let mut parts = read(&fs::read_to_string(DOCUMENT).unwrap());
    let world = World::new().await;
    let mut stale = Vec::new();
    for part in &mut parts {
        let Part::Session(exchanges) = part else { continue };
        for exchange in exchanges {
            let seen = world.type_in(&exchange.command).await;
            if named(&seen) != named(&exchange.output) {
                stale.push(format!("$ {}\n{seen}", exchange.command));
                exchange.output = seen;
            }
        }
    }
    if std::env::var_os("UPDATE_SESSIONS").is_some() {
        fs::write(DOCUMENT, write(&parts)).unwrap();
        return;
    }
    let update = "UPDATE_SESSIONS=1 cargo nextest run -p tests --test operator sessions::";
    assert!(stale.is_empty(), "docs/parapet.md is not current; {update} writes:\n{}", stale.join("\n"));
}

#[test]
fn every_command_has_a_session() {
    use clap::CommandFactory;
    let typed: Vec<String> = read(&fs::read_to_string(DOCUMENT).unwrap())
        .into_iter()
        .filter_map(|part| if let Part::Session(exchanges) = part { Some(exchanges) } else { None })
        .flatten()
        .map(|exchange| exchange.command)
        .collect();
    for command in ops::cli::Arguments::command().get_subcommands() {
        let name = command.get_name();
        let is_shown = typed.iter().any(|line| line.starts_with(&format!("parapet {name}")));
        assert!(is_shown || WITHOUT.contains(&name), "no session of parapet {name}");
    }
}
