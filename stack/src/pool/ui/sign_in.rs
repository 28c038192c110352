//! What follows a right password, wherever it was given.

use axum::http::StatusCode;
use axum::response::Response;

use super::destination::Destination;
use super::halt::Halt;
use super::page::redirect;
use super::visit::Visit;
use crate::pool::attempt::Step;
use crate::pool::one_time_code::Purpose;
use crate::pool::password::PasswordHash;
use crate::pool::post_authentication;
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
pub(crate) async fn after_password(
    pool: &Pool,
    visit: &Visit,
    destination: &Destination,
    user: &User,
) -> Result<Response, Halt> {
    let who = (Some(user.username.as_str()), user.email.as_str());
    if !user.confirmed {
        let now = pool.now();
        let mut state = pool.state();
        if !state.one_time_codes.is_live(&user.username, Purpose::Confirm, now) {
            state.mail_code(user, Purpose::Confirm, now);
        }
        drop(state);
        let answer = redirect(StatusCode::SEE_OTHER, &visit.link("/confirm"));
        return Ok(visit.start_attempt(pool, who, Step::Confirm, answer));
    }
    if user.second_factor.is_some() {
        let answer = redirect(StatusCode::SEE_OTHER, &visit.link("/mfa"));
        return Ok(visit.start_attempt(pool, who, Step::SecondFactor, answer));
    }
    complete(pool, visit, destination, &user.username).await
}

/// Everything is proven: a session starts, unless the trigger says no.
pub(crate) async fn complete(
    pool: &Pool,
    visit: &Visit,
    destination: &Destination,
    username: &str,
) -> Result<Response, Halt> {
    let settings = pool.settings();
    let user = pool.state().users.named(username).cloned();
    if let (Some(trigger), Some(user)) = (&settings.post_authentication, user) {
        let first = settings.clients.first().map(|client| client.client_id.as_str());
        let client_id = destination.client_id().or(first).unwrap_or_default();
        let told = trigger.tell(&post_authentication::event(settings, client_id, &user)).await;
        told.map_err(|message| Halt::trigger_failed(visit, pool, &message))?;
    }
    Ok(visit.start_session(pool, username, |session| destination.reach(pool, session)))
}
