//! The parts that forms are made of.

use maud::{Markup, Render, html};

use super::texts::Texts;
use super::visit::Visit;

/// What is wrong with a field, by the field's name.
pub(crate) type Problem = (&'static str, String);

/// A labelled input with its hint and its problem.
pub(crate) struct Field<'a> {
    pub(crate) name: &'static str,
    pub(crate) label: &'a str,
    pub(crate) kind: Kind,
    pub(crate) autocomplete: &'static str,
    pub(crate) value: &'a str,
    pub(crate) hint: Option<&'a str>,
    pub(crate) problems: &'a [Problem],
    /// Whether typing starts here; a field with a problem goes first.
    pub(crate) focus: bool,
}

impl<'a> Field<'a> {
    /// The user name or address that one signs in with.
    pub(crate) fn login(texts: &'a Texts, value: &'a str, problems: &'a [Problem]) -> Self {
        Self {
            name: "username",
            label: texts.login,
            kind: Kind::Text,
            autocomplete: "username",
            value,
            hint: None,
            problems,
            focus: true,
        }
    }

    /// Six digits out of a mail or an authenticator app.
    pub(crate) fn code(label: &'a str, problems: &'a [Problem]) -> Self {
        Self {
            name: "code",
            label,
            kind: Kind::Code,
            autocomplete: "one-time-code",
            value: "",
            hint: None,
            problems,
            focus: true,
        }
    }

    /// A password to be set, with what is asked of it.
    pub(crate) fn new_password(texts: &'a Texts, label: &'a str, problems: &'a [Problem]) -> Self {
        Self {
            name: "password",
            label,
            kind: Kind::Password,
            autocomplete: "new-password",
            value: "",
            hint: Some(texts.password_policy),
            problems,
            focus: false,
        }
    }
}

/// How a field is filled in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Optional,
    Email,
    Password,
    /// Six digits.
    Code,
}

impl Kind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Text | Self::Optional | Self::Code => "text",
            Self::Email => "email",
            Self::Password => "password",
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let problem = self.problems.iter().find(|(name, _)| *name == self.name);
        let (hint_id, problem_id) = (format!("{}-hint", self.name), format!("{}-problem", self.name));
        let described = [self.hint.map(|_| hint_id.as_str()), problem.map(|_| problem_id.as_str())];
        let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let described = Some(described).filter(|ids| !ids.is_empty());
        let code = self.kind == Kind::Code;
        let focus = self.problems.first().map_or(self.focus, |(name, _)| *name == self.name);
        // Autocapitalised user names and spell-checked passwords help nobody.
        html! {
            div .field {
                label for=(self.name) { (self.label) }
                @if let Some(hint) = self.hint { p .hint #(hint_id) { (hint) } }
                @if let Some((_, problem)) = problem { p .problem #(problem_id) { (problem) } }
                input #(self.name) .code[code] name=(self.name) type=(self.kind.input_type())
                    autocomplete=(self.autocomplete) value=(self.value) autocapitalize="none" spellcheck="false"
                    required[self.kind != Kind::Optional] autofocus[focus]
                    inputmode=[code.then_some("numeric")] maxlength=[code.then_some("12")]
                    aria-invalid=[problem.map(|_| "true")] aria-describedby=[described];
            }
        }
    }
}

/// All problems of a form, each leading to its field.
pub(crate) fn summary(visit: &Visit, problems: &[Problem]) -> Markup {
    let link = |(name, problem): &Problem| html! { a href={ "#" (name) } { (problem) } };
    html! {
        @match problems {
            [] => {}
            [problem] => div .alert role="alert" { p { (link(problem)) } },
            several => div .alert role="alert" {
                p { strong { (visit.texts().please_check) } }
                ul { @for problem in several { li { (link(problem)) } } }
            },
        }
    }
}

/// The beginning of every form: its anti-forgery token.
pub(crate) fn token(visit: &Visit) -> Markup {
    html! { input type="hidden" name="_csrf" value=(visit.csrf()); }
}

/// A link to the mailbox, where a real pool would have sent a mail.
pub(crate) fn mailbox_note(visit: &Visit) -> Markup {
    let texts = visit.texts();
    html! {
        p .note {
            (texts.mail_stays_here) " "
            a href="/mailbox" target="_blank" rel="noopener" { (texts.open_mailbox) }
        }
    }
}
