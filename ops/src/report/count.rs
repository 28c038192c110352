//! A number of things, as a sentence has it: `1 path`, `2 paths`.

use std::fmt;

/// So many of something. Its plural is made with an s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count<'a> {
    number: usize,
    noun: &'a str,
}

impl Count<'_> {
    /// So many of what `noun` names in the singular.
    #[must_use]
    pub fn of(number: usize, noun: &str) -> Count<'_> {
        Count { number, noun }
    }
}

impl fmt::Display for Count<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.number, self.noun, if self.number == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_is_singular() {
        for (number, said) in [(0, "0 old keys"), (1, "1 old key"), (2, "2 old keys"), (101, "101 old keys")]
        {
            assert_eq!(Count::of(number, "old key").to_string(), said);
        }
    }
}
