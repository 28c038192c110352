//! The sign-up page.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::destination::Destination;
use super::field::{self, Field, Kind, Problem};
use super::halt::Halt;
use super::page::Page;
use super::sign_in::{after_password, hash_password};
use super::submission::Submission;
use super::texts::Texts;
use super::visit::Visit;
use crate::pool::parameters::Parameters;
use crate::pool::password::weaknesses;
use crate::pool::server::Pool;
use crate::pool::user::User;

/// The longest address that mail can have (RFC 5321 section 4.5.3.1.3).
const MOST_EMAIL_BYTES: usize = 254;

/// The form.
pub(super) async fn show(State(pool): State<Pool>, visit: Visit) -> Result<Response, Halt> {
    let destination = Destination::of(&visit, &pool)?;
    let content = form(&visit, &destination, &Parameters::default(), &[]);
    Ok(Page::new(visit.texts().create_account, content).answer(&visit, &pool))
}

/// Creates the account, unconfirmed, and sends its code.
pub(super) async fn submit(
    State(pool): State<Pool>,
    Submission { visit, form: fields }: Submission,
) -> Result<Response, Halt> {
    let destination = Destination::of(&visit, &pool)?;
    let texts = visit.texts();
    let (email, password) = (fields.field("email").trim(), fields.field("password"));
    let mut problems: Vec<Problem> = Vec::new();
    if !is_address(email) {
        problems.push(("email", texts.enter_email.to_owned()));
    }
    problems.extend(password_problem(texts, password));
    let again = |problems: &[Problem]| {
        let content = form(&visit, &destination, &fields, problems);
        Page::failed(texts.create_account, StatusCode::BAD_REQUEST, content).answer(&visit, &pool)
    };
    if !problems.is_empty() {
        return Ok(again(&problems));
    }

    let Some(hash) = hash_password(&pool, password).await else {
        return Err(Halt::stopping());
    };
    let name = Some(fields.field("name").trim()).filter(|name| !name.is_empty()).map(str::to_owned);
    let user = User::signed_up(email, name, hash);
    {
        let mut state = pool.state();
        if state.users.known_as(email).is_some() {
            drop(state);
            return Ok(again(&[("email", texts.email_taken.to_owned())]));
        }
        state.users.add(user.clone());
    }
    pool.keep();
    after_password(&pool, &visit, &destination, &user).await
}

/// What a new password lacks, in words.
pub(super) fn password_problem(texts: &Texts, password: &str) -> Option<Problem> {
    let lacking: Vec<&str> =
        weaknesses(password).into_iter().map(|weakness| texts.weakness(weakness)).collect();
    (!lacking.is_empty()).then(|| ("password", format!("{} {}.", texts.password_needs, lacking.join(", "))))
}

/// The mail server has the last word; this only catches slips.
fn is_address(text: &str) -> bool {
    let parts = text.rsplit_once('@').filter(|(local, domain)| !local.is_empty() && !domain.is_empty());
    parts.is_some()
        && text.len() <= MOST_EMAIL_BYTES
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn form(visit: &Visit, destination: &Destination, fields: &Parameters, problems: &[Problem]) -> Markup {
    let texts = visit.texts();
    let email = Field {
        name: "email",
        label: texts.email,
        kind: Kind::Email,
        autocomplete: "username",
        value: fields.field("email"),
        hint: None,
        problems,
        focus: true,
    };
    let name = Field {
        name: "name",
        label: texts.name_optional,
        kind: Kind::Optional,
        autocomplete: "name",
        value: fields.field("name"),
        hint: None,
        problems,
        focus: false,
    };
    let password = Field::new_password(texts, texts.password, problems);
    html! {
        h1 { (texts.create_account) }
        @if let Some(host) = destination.host() { p .lead { (texts.to_continue_to) " " strong { (host) } } }
        (field::summary(visit, problems))
        form method="post" action=(visit.link("/signup")) {
            (field::token(visit))
            (email)
            (name)
            (password)
            button type="submit" { (texts.create_account) }
        }
        p .other { (texts.have_account) " " a href=(visit.link("/login")) { (texts.sign_in) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_in_addresses_are_caught() {
        for good in ["a@b", "a.b+c@example.com", "\"a@b\"@c"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["", "a", "@b", "a@", "a b@c", "a@b\n", &format!("{}@b", "a".repeat(253))] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
