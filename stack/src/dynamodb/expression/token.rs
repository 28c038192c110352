//! The words of an expression.

use crate::dynamodb::failure::Failure;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or keyword.
    Word(String),
    /// `#name`.
    Name(String),
    /// `:value`.
    Value(String),
    /// Punctuation.
    Sign(&'static str),
}

/// Two characters before one.
const SIGNS: [&str; 14] = ["<>", "<=", ">=", "=", "<", ">", "(", ")", ",", ".", "[", "]", "+", "-"];

/// Splits an expression into words.
pub(super) fn words(text: &str) -> Result<Vec<Token>, Failure> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            words.push(Token::Sign(sign));
            rest = rest.strip_prefix(sign).unwrap_or_default().trim_start();
            continue;
        }
        let marked = matches!(first, '#' | ':');
        let body = rest.strip_prefix(['#', ':']).unwrap_or(rest);
        let end = body.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(body.len());
        let (word, after) = body.split_at(end);
        let starts_right = marked || first.is_ascii_alphabetic() || first == '_';
        if word.is_empty() || !starts_right {
            return Err(Failure::validation(format!("Syntax error; token: {first:?}, near: {rest:?}")));
        }
        words.push(match first {
            '#' => Token::Name(format!("#{word}")),
            ':' => Token::Value(format!(":{word}")),
            _ => Token::Word(word.to_owned()),
        });
        rest = after.trim_start();
    }
    Ok(words)
}
