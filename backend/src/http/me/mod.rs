//! Who is asking.

pub(super) mod read;
pub(super) mod save;

use content::wire::Me;

use super::Api;
use super::caller::Caller;
use super::failure::{Answer, Failure};

/// The caller, with what their sign-in record and the database say of them.
async fn describe(api: &Api, caller: &Caller) -> Answer<Me> {
    let mut chosen = api.store.name_of(&caller.id).await.map_err(Failure::from)?;
    let last = match api.records.last_sign_in(caller.id.as_str()).await {
        Ok(last) => last,
        // Who somebody is does not hang on a greeting.
        Err(error) => {
            tracing::warn!(%error, "a sign-in record is left out");
            None
        }
    };
    // Until somebody says what they are called, they are called what the pool calls them, on what they write, too.
    let in_pool = last.as_ref().and_then(|last| last.name.as_deref()).map(str::trim);
    let in_pool =
        in_pool.filter(|name| !name.is_empty() && name.len() <= 100 && !name.contains(char::is_control));
    if let (None, Some(name)) = (&chosen, in_pool) {
        api.store.rename(&caller.id, name).await.map_err(Failure::from)?;
        chosen = Some(name.to_owned());
    }
    Ok(Me {
        id: caller.id.clone(),
        username: caller.username.clone(),
        name: chosen.unwrap_or_else(|| caller.username.clone()),
        email: last.as_ref().and_then(|last| last.email.clone()),
        groups: caller.groups.clone(),
        role: caller.role.name().to_owned(),
        permissions: caller.role.permissions().into_iter().map(ToOwned::to_owned).collect(),
        greeting: last.as_ref().and_then(|last| last.greeting.clone()),
        last_sign_in: last.map(|last| last.at),
    })
}
