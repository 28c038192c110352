//! What follows a right password, wherever it was given.

use axum::http::StatusCode;
use axum::response::Response;

use super::destination::Destination;
use super::page::redirect;
use super::visit::Visit;
use crate::pool::attempt::Step;
use crate::pool::one_time_code::Purpose;
use crate::pool::password::PasswordHash;
use crate::pool::server::Pool;
use crate::pool::user::User;

/// Whose password it is. An unknown name takes as long as a wrong password.
pub(crate) async fn check_password(pool: &Pool, login: &str, password: &str) -> Option<User> {
    let user = pool.state().users.known_as(login).cloned();
    let (password, iterations) = (password.to_owned(), pool.settings().password_iterations);
    let check = move || match user {
        Some(user) => user.password.matches(&password).then_some(user),
        None => {
            PasswordHash::of(&password, iterations);
            None
        }
    };
    tokio::task::spawn_blocking(check).await.ok().flatten()
}

/// Hashes a new password where blocking is allowed; `None` if the pool is going down.
pub(crate) async fn hash_password(pool: &Pool, password: &str) -> Option<PasswordHash> {
    let (password, iterations) = (password.to_owned(), pool.settings().password_iterations);
    tokio::task::spawn_blocking(move || PasswordHash::of(&password, iterations)).await.ok()
}

/// Leads on to what is still missing, else into a session.
pub(crate) fn after_password(pool: &Pool, visit: &Visit, destination: &Destination, user: &User) -> Response {
    let who = (Some(user.username.as_str()), user.email.as_str());
    if !user.confirmed {
        let now = pool.now();
        let mut state = pool.state();
        if !state.one_time_codes.is_live(&user.username, Purpose::Confirm, now) {
            state.mail_code(user, Purpose::Confirm, now);
        }
        drop(state);
        let answer = redirect(StatusCode::SEE_OTHER, &visit.link("/confirm"));
        return visit.start_attempt(pool, who, Step::Confirm, answer);
    }
    if user.second_factor.is_some() {
        let answer = redirect(StatusCode::SEE_OTHER, &visit.link("/mfa"));
        return visit.start_attempt(pool, who, Step::SecondFactor, answer);
    }
    complete(pool, visit, destination, &user.username)
}

/// Everything is proven: a session starts.
pub(crate) fn complete(pool: &Pool, visit: &Visit, destination: &Destination, username: &str) -> Response {
    visit.start_session(pool, username, |session| destination.reach(pool, session))
}
