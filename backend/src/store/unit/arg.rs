//! Values for the parameters of statements.

/// A value for a parameter of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) enum Arg {
    Text(String),
    MaybeText(Option<String>),
    Int(i64),
    MaybeInt(Option<i64>),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Arg {
        Arg::Text(text.clone())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text)
    }
}

impl From<Option<String>> for Arg {
    fn from(text: Option<String>) -> Arg {
        Arg::MaybeText(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Arg {
        Arg::Int(number)
    }
}

impl From<bool> for Arg {
    fn from(flag: bool) -> Arg {
        Arg::Int(i64::from(flag))
    }
}

impl From<Option<i64>> for Arg {
    fn from(number: Option<i64>) -> Arg {
        Arg::MaybeInt(number)
    }
}

macro_rules! id_args {
    ($($name:ident),*) => { $(
        impl From<&content::wire::$name> for Arg {
            fn from(id: &content::wire::$name) -> Arg {
                Arg::Text(id.0.clone())
            }
        }
        impl From<Option<&content::wire::$name>> for Arg {
            fn from(id: Option<&content::wire::$name>) -> Arg {
                Arg::MaybeText(id.map(|id| id.0.clone()))
            }
        }
    )* };
}
id_args!(EntryId, SectionId, ReleaseId, MediaId, PersonId, Timestamp);

/// Values for the parameters of a statement, in their order.
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::store::unit::Arg::from($value)),*] };
}
pub(in crate::store) use args;

/// `$from, ...` for so many values. Their number is rounded up, so that few different statements are prepared; the last
/// value fills the rest.
pub(in crate::store) fn placeholders(from: usize, values: &[String]) -> (String, Vec<Arg>) {
    let count = values.len().next_power_of_two();
    let names: Vec<String> = (from..from + count).map(|number| format!("${number}")).collect();
    let last = values.last().map(String::as_str).unwrap_or_default();
    let filled = values.iter().map(String::as_str).chain(std::iter::repeat(last)).take(count);
    (names.join(", "), filled.map(Arg::from).collect())
}

/// Appends a statement whose parameters are counted from `from` on.
pub(super) fn renumbered(sql: &str, from: usize, into: &mut String) {
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once('$') {
        into.push_str(before);
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = after.split_at(digits);
        match number.parse::<usize>() {
            Ok(number) => into.push_str(&format!("${}", from + number)),
            Err(_) => into.push('$'),
        }
        rest = behind;
    }
    into.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_counted_on() {
        let mut all = String::new();
        renumbered("UPDATE a SET b = $1 WHERE c = $12", 0, &mut all);
        renumbered("; DELETE FROM d WHERE e IN ($1, $2)", 2, &mut all);
        assert_eq!(all, "UPDATE a SET b = $1 WHERE c = $12; DELETE FROM d WHERE e IN ($3, $4)");
    }
}
