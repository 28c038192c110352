//! The few questions that make a project file.

use super::Answers;
use crate::project::Rule;

/// A question, with the answer that an empty line stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question itself.
    pub text: &'static str,
    /// The answer that an empty line stands for; empty for none.
    pub default: String,
}

/// A question with what becomes of its answer.
struct Ask {
    question: Question,
    rule: Rule,
    count: Count,
    set: fn(&mut Answers, Vec<String>),
}

/// How many words an answer may have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    One,
    OneOrNone,
    Any,
}

/// Asks for what was not said. `answer` asks a question and gives the line; `complain` says what was expected of an
/// answer that will not do, and the question is asked again. `name` and `region` are what is likely.
///
/// # Errors
///
/// When `answer` gives none.
pub fn complete<E>(
    mut answers: Answers,
    name: &str,
    region: &str,
    mut answer: impl FnMut(&Question) -> Result<String, E>,
    mut complain: impl FnMut(&str),
) -> Result<Answers, E> {
    for ask in open_questions(&answers, name, region) {
        let words = loop {
            let line = answer(&ask.question)?;
            let line = if line.trim().is_empty() { &ask.question.default } else { &line };
            match ask.read(line) {
                Some(words) => break words,
                None => complain(ask.rule.expected),
            }
        };
        (ask.set)(&mut answers, words);
    }
    Ok(answers)
}

impl Ask {
    fn read(&self, line: &str) -> Option<Vec<String>> {
        let words: Vec<String> = match self.count {
            Count::Any => line.split([',', ' ']).filter(|word| !word.is_empty()).map(str::to_owned).collect(),
            _ => Some(line.trim()).filter(|word| !word.is_empty()).map(str::to_owned).into_iter().collect(),
        };
        let is_enough = self.count != Count::One || !words.is_empty();
        (is_enough && words.iter().all(|word| self.rule.holds(word))).then_some(words)
    }
}

fn open_questions(answers: &Answers, name: &str, region: &str) -> Vec<Ask> {
    let ask = |is_said: bool, text, default: &str, rule, count, set| {
        let question = Question { text, default: default.to_owned() };
        (!is_said).then_some(Ask { question, rule, count, set })
    };
    [
        ask(
            answers.name.is_some(),
            "A name for it, which every stack and resource begins with?",
            name,
            Rule::NAME,
            Count::One,
            |answers, words| answers.name = words.into_iter().next(),
        ),
        ask(
            answers.region.is_some(),
            "The region of the bucket and the user pool?",
            region,
            Rule::REGION,
            Count::One,
            |answers, words| answers.region = words.into_iter().next(),
        ),
        ask(
            answers.domains.is_some(),
            "The site's host names, at most three (none: CloudFront's own name serves)?",
            "",
            Rule::DOMAIN,
            Count::Any,
            |answers, words| answers.domains = Some(words),
        ),
        ask(
            answers.api.is_some(),
            "The host name of an API behind /api/ (none: there is no API)?",
            "",
            Rule::DOMAIN,
            Count::OneOrNone,
            |answers, words| answers.api = Some(words.into_iter().next().unwrap_or_default()),
        ),
        ask(
            answers.groups.is_some(),
            "The groups whose members may come in (none: everybody who can sign in)?",
            "",
            Rule::GROUP,
            Count::Any,
            |answers, words| answers.groups = Some(words),
        ),
        ask(
            answers.email.is_some(),
            "Who hears of alarms, by e-mail (none: nobody)?",
            "",
            Rule::EMAIL,
            Count::OneOrNone,
            |answers, words| answers.email = Some(words.into_iter().next().unwrap_or_default()),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    /// Answers in their order; the texts that were complained about.
    fn asked(said: Answers, lines: &[&str]) -> (Answers, Vec<String>, usize) {
        let mut lines = lines.iter();
        let (mut complaints, mut count) = (Vec::new(), 0);
        let answers = complete::<Infallible>(
            said,
            "docs",
            "eu-central-1",
            |_| {
                count += 1;
                Ok((*lines.next().unwrap()).to_owned())
            },
            |expected| complaints.push(expected.to_owned()),
        );
        (answers.unwrap(), complaints, count)
    }

    #[test]
    fn empty_lines_take_what_is_likely() {
        let (answers, complaints, count) = asked(Answers::default(), &[""; 6]);
        assert_eq!(
            (answers.name.as_deref(), answers.region.as_deref()),
            (Some("docs"), Some("eu-central-1"))
        );
        assert_eq!(
            (answers.domains, answers.api, answers.email),
            (Some(vec![]), Some("".into()), Some("".into()))
        );
        assert_eq!((complaints.len(), count), (0, 6));
    }

    #[test]
    fn what_will_not_do_is_asked_again() {
        let lines =
            ["Docs", "docs", "mars-1", "", "a.example.com, b.example.com", "x", "api.example.com", "", ""];
        let (answers, complaints, count) = asked(Answers::default(), &lines);
        assert_eq!(complaints, [Rule::NAME.expected, Rule::REGION.expected, Rule::DOMAIN.expected]);
        assert_eq!(answers.domains.unwrap(), ["a.example.com", "b.example.com"]);
        assert_eq!((answers.api.as_deref(), count), (Some("api.example.com"), 9));
    }

    #[test]
    fn what_was_said_is_not_asked() {
        let said = Answers {
            name: Some("docs".into()),
            region: Some("eu-west-1".into()),
            domains: Some(vec![]),
            api: Some(String::new()),
            groups: Some(vec![]),
            email: Some(String::new()),
            ..Answers::default()
        };
        assert_eq!(asked(said.clone(), &[]), (said, vec![], 0));
    }
}
