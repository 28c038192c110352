//! What the three grammars share: words in their order, paths and values.

use super::{
    path::Path,
    placeholders::Placeholders,
    token::{Token, words},
};
use crate::dynamodb::{attribute::Attribute, failure::Failure};

/// A reader of an expression's words.
pub(super) struct Parser<'a> {
    words: std::iter::Peekable<std::vec::IntoIter<Token>>,
    placeholders: &'a Placeholders,
    what: &'static str,
}

impl<'a> Parser<'a> {
    pub(super) fn new(
        text: &str,
        what: &'static str,
        placeholders: &'a Placeholders,
    ) -> Result<Self, Failure> {
        let words =
            words(text).map_err(|failure| Failure::validation(format!("Invalid {what}: {failure}")))?;
        if words.is_empty() {
            return Err(Failure::validation(format!("Invalid {what}: The expression can not be empty;")));
        }
        Ok(Self { words: words.into_iter().peekable(), placeholders, what })
    }

    /// Takes the sign if it is next.
    pub(super) fn sign(&mut self, sign: &str) -> bool {
        self.words.next_if(|word| matches!(word, Token::Sign(found) if *found == sign)).is_some()
    }

    /// Takes whichever of the signs is next.
    pub(super) fn any_sign(&mut self, signs: &[&str]) -> Option<&'static str> {
        match self.words.next_if(|word| matches!(word, Token::Sign(found) if signs.contains(found)))? {
            Token::Sign(found) => Some(found),
            _ => None,
        }
    }

    /// Takes the keyword, in any case, if it is next.
    pub(super) fn keyword(&mut self, keyword: &str) -> bool {
        let is = |word: &Token| matches!(word, Token::Word(found) if found.eq_ignore_ascii_case(keyword));
        self.words.next_if(is).is_some()
    }

    /// Takes the name of a function, which is written in small letters.
    pub(super) fn function(&mut self, names: &[&'static str]) -> Option<&'static str> {
        let found = match self.words.peek()? {
            Token::Word(word) => names.iter().copied().find(|name| name == word)?,
            _ => return None,
        };
        // A function's name is followed by its arguments; anything else is an attribute's.
        let mut ahead = self.words.clone();
        ahead.next();
        if ahead.next() != Some(Token::Sign("(")) {
            return None;
        }
        self.words.next();
        self.words.next();
        Some(found)
    }

    /// Takes the sign, which has to be next.
    pub(super) fn expect(&mut self, sign: &str) -> Result<(), Failure> {
        if self.sign(sign) { Ok(()) } else { Err(self.unexpected(&format!("{sign:?}"))) }
    }

    /// A value, if one is next.
    pub(super) fn value(&mut self) -> Result<Option<Attribute>, Failure> {
        match self.words.next_if(|word| matches!(word, Token::Value(_))) {
            Some(Token::Value(name)) => self.placeholders.value(&name).map(Some).map_err(|f| self.invalid(f)),
            _ => Ok(None),
        }
    }

    /// A path, which has to be next.
    pub(super) fn path(&mut self) -> Result<Path, Failure> {
        let first = self.step()?;
        let mut rest = Vec::new();
        while self.sign(".") {
            rest.push(self.step()?);
        }
        if self.sign("[") {
            return Err(Failure::validation("elements of lists are not known to the local DynamoDB"));
        }
        Ok(Path::new(first, rest))
    }

    fn step(&mut self) -> Result<String, Failure> {
        let read = match self.words.next_if(|word| matches!(word, Token::Word(_) | Token::Name(_))) {
            Some(Token::Name(name)) => self.placeholders.name(&name),
            Some(Token::Word(word)) => self.placeholders.bare(&word),
            _ => return Err(self.unexpected("an attribute")),
        };
        read.map_err(|failure| self.invalid(failure))
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&mut self) -> bool {
        self.words.peek().is_none()
    }

    /// Nothing may be left.
    pub(super) fn done(&mut self) -> Result<(), Failure> {
        if self.is_done() { Ok(()) } else { Err(self.unexpected("the end")) }
    }

    pub(super) fn unexpected(&mut self, expected: &str) -> Failure {
        let found = self.words.peek().map_or_else(|| "the end".to_owned(), |word| format!("{word:?}"));
        Failure::validation(format!(
            "Invalid {}: Syntax error; expected {expected}, found {found}",
            self.what
        ))
    }

    fn invalid(&self, failure: Failure) -> Failure {
        Failure::validation(format!("Invalid {}: {failure}", self.what))
    }
}
