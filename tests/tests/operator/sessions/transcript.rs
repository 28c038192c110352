//! A document with recorded sessions: fenced blocks of `console` whose lines with `$ ` are what is typed, and all others
//! what comes of it.

/// What stands around a block of a session, and the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Text, untouched.
    Text(String),
    /// A session: what is typed, and what comes of it.
    Session(Vec<Exchange>),
}

/// A command and its output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exchange {
    /// Without the prompt.
    pub(crate) command: String,
    /// Lines, each with its end.
    pub(crate) output: String,
}

const OPEN: &str = "```console";
const CLOSE: &str = "```";

/// The parts of a document, in their order.
pub(crate) fn read(document: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut text, mut session) = (String::new(), None::<Vec<Exchange>>);
    for line in document.lines() {
        match &mut session {
            None => {
                text.push_str(line);
                text.push('\n');
                if line == OPEN {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                    session = Some(Vec::new());
                }
            }
            Some(exchanges) if line == CLOSE => {
                parts.push(Part::Session(std::mem::take(exchanges)));
                session = None;
                text.push_str(line);
                text.push('\n');
            }
            Some(exchanges) => match (line.strip_prefix("$ "), exchanges.last_mut()) {
                (Some(command), _) => {
                    exchanges.push(Exchange { command: command.to_owned(), output: String::new() });
                }
                (None, Some(exchange)) => {
                    exchange.output.push_str(line);
                    exchange.output.push('\n');
                }
                (None, None) => panic!("{line:?} is the output of no command"),
            },
        }
    }
    assert!(session.is_none(), "a session is not closed");
    parts.push(Part::Text(text));
    parts
}

/// The document of these parts.
pub(crate) fn write(parts: &[Part]) -> String {
    let mut document = String::new();
    for part in parts {
        match part {
            Part::Text(text) => document.push_str(text),
            Part::Session(exchanges) => {
                for Exchange { command, output } in exchanges {
                    document.push_str(&format!("$ {command}\n{output}"));
                }
            }
        }
    }
    document
}

#[test]
fn a_document_is_read_and_written_unchanged() {
    let document = "# Title\n\n```console\n$ parapet status\nall is well\n$ parapet logs\n```\n\nmore\n";
    let parts = read(document);
    assert_eq!(write(&parts), document);
    let Part::Session(exchanges) = &parts[1] else { panic!("{parts:?}") };
    assert_eq!(exchanges.len(), 2);
    assert_eq!(exchanges[0].output, "all is well\n");
}
