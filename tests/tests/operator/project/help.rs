//! Every command says what it is for, with an example; and every command has its page and its completion.

use clap::{Command, CommandFactory};
use ops::cli::Arguments;

use super::operator::Operator;

fn whole() -> Command {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    command
}

/// Every command with its whole name, such as `parapet deploy site`.
fn commands() -> Vec<(String, Command)> {
    fn gather(command: &Command, found: &mut Vec<(String, Command)>) {
        for inner in command.get_subcommands() {
            found.push((inner.get_bin_name().unwrap_or_default().to_owned(), inner.clone()));
            gather(inner, found);
        }
    }
    let mut found = Vec::new();
    gather(&whole(), &mut found);
    found
}

/// What follows the word in a help or on a page.
fn example(text: &str) -> &str {
    ["Example:\n", "Examples:\n"]
        .iter()
        .find_map(|word| text.split_once(word))
        .map_or("", |(_, example)| example)
}

#[test]
fn every_command_has_help_with_an_example() {
    let commands = commands();
    for expected in
        ["parapet init", "parapet keys rotate", "parapet explain", "parapet package", "parapet deploy site"]
    {
        assert!(commands.iter().any(|(name, _)| name == expected), "{expected}");
    }
    for (name, mut command) in commands {
        assert!(command.get_about().is_some(), "{name} does not say what it is for");
        for help in [command.render_help().to_string(), command.render_long_help().to_string()] {
            assert!(example(&help).contains("parapet "), "{name} has no example:\n{help}");
        }
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            assert!(
                argument.get_help().is_some(),
                "{name}: {} does not say what it is for",
                argument.get_id()
            );
        }
    }
}

#[test]
fn an_example_is_a_command_line_that_is_understood() {
    for (name, mut command) in commands() {
        let help = command.render_help().to_string();
        let example = example(&help).replace("\\\n", " ");
        for line in example.lines().filter(|line| line.trim_start().starts_with("parapet ")) {
            // What follows is for people: a note in parentheses.
            let line = line.split("  (").next().unwrap_or_default();
            for part in line.split(['|', '>']).next().unwrap_or_default().split("&&") {
                let words = words(part);
                if words.first().is_some_and(|word| word == "parapet") {
                    let understood = whole().try_get_matches_from(&words);
                    assert!(understood.is_ok(), "{name}: {part}\n{}", understood.unwrap_err());
                }
            }
        }
    }
}

/// A line of an example as a shell takes it apart, as far as examples go.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quote, mut is_open) = (Vec::new(), None, false);
    for character in line.chars() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (None, '\'' | '"') => {
                (quote, is_open) = (Some(character), {
                    if !is_open {
                        words.push(String::new());
                    }
                    true
                })
            }
            (None, ' ') => is_open = false,
            _ => {
                if !is_open {
                    words.push(String::new());
                    is_open = true;
                }
                words.last_mut().unwrap().push(character);
            }
        }
    }
    words
}

#[tokio::test]
async fn every_command_has_its_page_and_stands_on_that_above_it() {
    let operator = Operator::new();
    let folder = operator.path("man1");
    operator.run(&["man", folder.to_str().unwrap()]).await.done();
    let page =
        |name: &str| std::fs::read_to_string(folder.join(format!("{}.1", name.replace(' ', "-")))).unwrap();
    for (name, _) in commands() {
        let text = page(&name);
        assert!(example(&text).contains("parapet "), "{name}");
        let (above, _) = name.rsplit_once(' ').unwrap();
        let entry = format!("{}(1)", name.replace(' ', "-")).replace('-', "\\-");
        assert!(page(above).contains(&entry), "{entry} does not stand on the page of {above}");
    }
    let top = operator.run(&["man"]).await.done();
    assert!(top.out.contains(".TH parapet 1"), "{}", top.out);
}

#[tokio::test]
async fn every_shell_completes_every_command() {
    let operator = Operator::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = operator.run(&["completions", shell]).await.done().out;
        for (name, _) in commands() {
            let last = name.rsplit(' ').next().unwrap();
            assert!(script.contains(last), "{shell} does not complete {name}");
        }
    }
    let json = operator.run_json(&["completions", "bash"]).await.done().json();
    assert!(json["script"].as_str().unwrap().contains("_parapet()"));
}
