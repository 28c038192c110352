//! Times as pages show them: one form for programs, one for people.

use content::wire::Timestamp;
use serde::Serialize;

/// A time of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// RFC 3339, for `<time datetime>`.
    pub rfc3339: String,
    /// The day as people write it in the language of the site, such as `26 November 2026`.
    pub human: String,
}

impl Moment {
    /// A time in the words of a language (BCP 47); in digits, year first, where its months are not known here.
    #[must_use]
    pub fn of(time: &Timestamp, language: &str) -> Moment {
        let rfc3339 = time.as_str().to_owned();
        let human = human(&rfc3339, language).unwrap_or_else(|| rfc3339.clone());
        Moment { rfc3339, human }
    }
}

fn human(rfc3339: &str, language: &str) -> Option<String> {
    let date = rfc3339.get(..10)?;
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let day: u8 = day.parse().ok()?;
    let number: usize = month.parse().ok()?;
    let subtags = language.to_ascii_lowercase();
    let primary = subtags.split('-').next().unwrap_or_default();
    let Some(months) = months(primary) else { return Some(date.to_owned()) };
    let month = months.split(' ').nth(number.checked_sub(1)?)?;
    Some(match primary {
        "de" | "da" | "nb" | "no" | "fi" => format!("{day}. {month} {year}"),
        "es" | "pt" => format!("{day} de {month} de {year}"),
        "en" if subtags == "en-us" => format!("{month} {day}, {year}"),
        _ => format!("{day} {month} {year}"),
    })
}

fn months(primary: &str) -> Option<&'static str> {
    Some(match primary {
        "en" => "January February March April May June July August September October November December",
        "de" => "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "fr" => "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "es" => "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "it" => {
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
        }
        "nl" => "januari februari maart april mei juni juli augustus september oktober november december",
        "pt" => "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "sv" => "januari februari mars april maj juni juli augusti september oktober november december",
        "da" => "januar februar marts april maj juni juli august september oktober november december",
        "nb" | "no" => "januar februar mars april mai juni juli august september oktober november desember",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_its_language_does() {
        let day = |language: &str| Moment::of(&Timestamp::from("2026-03-01T19:30:00.000Z"), language).human;
        for (language, expected) in [
            ("en", "1 March 2026"),
            ("en-US", "March 1, 2026"),
            ("de-AT", "1. März 2026"),
            ("fr", "1 mars 2026"),
            ("es", "1 de marzo de 2026"),
            ("ja", "2026-03-01"),
            ("", "2026-03-01"),
        ] {
            assert_eq!(day(language), expected, "{language}");
        }
    }
}
