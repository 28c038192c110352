//! A fact, or why it could not be had. What is unknown is never taken for right.

use std::fmt;

/// Something that checks look at.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact<T> {
    /// It is so.
    Known(T),
    /// It could not be had.
    Unknown(Unknown),
}

/// Why a fact could not be had: nobody asked for it, it was denied, or no answer came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown(String);

impl Unknown {
    /// For this reason.
    #[must_use]
    pub fn because(reason: impl fmt::Display) -> Unknown {
        Unknown(reason.to_string())
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<T> Fact<T> {
    /// It could not be had, for this reason.
    #[must_use]
    pub fn unknown(reason: impl fmt::Display) -> Fact<T> {
        Fact::Unknown(Unknown::because(reason))
    }

    /// The fact, for a check that cannot do without.
    ///
    /// # Errors
    ///
    /// [`Unknown`] when it could not be had.
    pub fn known(&self) -> Result<&T, Unknown> {
        match self {
            Fact::Known(fact) => Ok(fact),
            Fact::Unknown(why) => Err(why.clone()),
        }
    }

    /// What follows from it.
    pub fn map<U>(self, then: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Fact::Known(fact) => Fact::Known(then(fact)),
            Fact::Unknown(why) => Fact::Unknown(why),
        }
    }
}

impl<T, E: fmt::Display> From<Result<T, E>> for Fact<T> {
    fn from(result: Result<T, E>) -> Fact<T> {
        match result {
            Ok(fact) => Fact::Known(fact),
            Err(error) => Fact::unknown(error),
        }
    }
}

/// For facts of several places: each unknown one is told, once for each reason.
#[derive(Debug, Default)]
pub(super) struct Gaps(Vec<String>);

impl Gaps {
    /// The fact if it is known; else its reason is remembered.
    pub(super) fn or_note<'f, T>(&mut self, fact: &'f Fact<T>) -> Option<&'f T> {
        match fact {
            Fact::Known(fact) => Some(fact),
            Fact::Unknown(why) => {
                if !self.0.contains(&why.0) {
                    self.0.push(why.0.clone());
                }
                None
            }
        }
    }

    /// All is well if everything was known.
    pub(super) fn close(self) -> Result<(), Unknown> {
        match self.0.as_slice() {
            [] => Ok(()),
            [only] => Err(Unknown(only.clone())),
            [first, others @ ..] => Err(Unknown(format!("{first} (and {} more)", others.len()))),
        }
    }
}
