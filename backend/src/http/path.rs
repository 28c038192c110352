//! Ids in addresses: whatever is no id leads to nothing.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use uuid::Uuid;

use super::failure::{Answer, Failure};

/// The id of an address with one.
pub(crate) struct Id(pub(crate) String);

/// The id and the number of an address such as `/entries/{id}/revisions/{number}`.
pub(crate) struct Numbered {
    /// The id.
    pub(crate) id: String,
    /// The number.
    pub(crate) number: i64,
}

/// An id as it is stored: ids are texts and compare as such.
fn id(text: &str) -> Answer<String> {
    let id = Uuid::try_parse(text).map_err(|_| Failure::not_found("id"))?;
    Ok(id.hyphenated().to_string())
}

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Id> {
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| Failure::not_found("address"))?;
        Ok(Id(id(&text)?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Numbered {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Numbered> {
        let Path((text, number)) = Path::<(String, String)>::from_request_parts(parts, state)
            .await
            .map_err(|_| Failure::not_found("address"))?;
        let number = number.parse().ok().filter(|number| *number >= 1);
        Ok(Numbered { id: id(&text)?, number: number.ok_or_else(|| Failure::not_found("revision"))? })
    }
}
