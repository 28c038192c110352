//! Entries as the peers were measured with: 3 KB of text, 5 tags of 50, and a word that no other entry has.

use reqwest::Method;
use serde_json::json;
use tests::Failure;
use tokio::task::JoinSet;

use crate::editor::Editor;

/// Entries that are created at once.
const AT_ONCE: usize = 8;
const SECTIONS: [&str; 4] = ["/news/", "/guide/", "/people/", "/events/"];
const WORDS: [&str; 24] = [
    "river", "window", "paper", "garden", "letter", "morning", "station", "harbour", "bridge", "market",
    "winter", "kitchen", "engine", "island", "mirror", "silver", "orchard", "lantern", "meadow", "council",
    "journey", "festival", "library", "weather",
];

pub(crate) async fn sections(editor: &Editor) -> Result<(), Failure> {
    for path in SECTIONS {
        let section = json!({ "path": path, "title": path.trim_matches('/'), "feed": true });
        editor.ask(Method::POST, "/sections", None, Some(&section)).await?;
    }
    Ok(())
}

/// The entries that are there.
#[derive(Default)]
pub(crate) struct Filled {
    /// By their numbers.
    pub(crate) ids: Vec<String>,
}

impl Filled {
    /// Creates entries until there are so many.
    pub(crate) async fn up_to(&mut self, editor: &Editor, entries: usize) -> Result<(), Failure> {
        let mut begun = self.ids.len()..entries;
        self.ids.resize(entries.max(self.ids.len()), String::new());
        let mut creating = JoinSet::new();
        loop {
            while creating.len() < AT_ONCE
                && let Some(number) = begun.next()
            {
                let editor = editor.clone();
                creating.spawn(async move { Ok::<_, Failure>((number, create(&editor, number).await?)) });
            }
            match creating.join_next().await {
                Some(created) => {
                    let (number, id) = created.map_err(std::io::Error::other)??;
                    self.ids[number] = id;
                }
                None => return Ok(()),
            }
        }
    }
}

async fn create(editor: &Editor, number: usize) -> Result<String, Failure> {
    let tags: Vec<String> = (0..5).map(|nth| format!("tag-{}", (number * 7 + nth * 11) % 50)).collect();
    let entry = json!({
        "title": format!("Entry {number} of the {}", WORDS[number % WORDS.len()]),
        "section": SECTIONS[number % SECTIONS.len()],
        "body": text(number, 0),
        "tags": tags,
    });
    let entry = editor.ask(Method::POST, "/entries", None, Some(&entry)).await?;
    Ok(entry["id"].as_str().unwrap_or_default().to_owned())
}

/// The word that is in this entry alone.
pub(crate) fn word_of(number: usize) -> String {
    format!("zq{number}xw")
}

/// The text of an entry after so many changes.
pub(crate) fn text(number: usize, changes: usize) -> String {
    let mut text = format!("{} after {changes} changes.\n", word_of(number));
    let mut at = number;
    while text.len() < 3_000 {
        for _ in 0..12 {
            at = at.wrapping_mul(31).wrapping_add(17);
            text.push_str(WORDS[at % WORDS.len()]);
            text.push(' ');
        }
        text.push_str("\n\n");
    }
    text
}
