//! Identifiers and times as text. The backend makes them; the app only hands them back.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// As it stands in JSON.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text!(
    /// The id of an entry, a UUID of version 7.
    EntryId
);
text!(
    /// The id of a section, a UUID of version 7.
    SectionId
);
text!(
    /// The id of a release, a UUID of version 7.
    ReleaseId
);
text!(
    /// The id of a media item, a UUID of version 7.
    MediaId
);
text!(
    /// The `sub` of a person's tokens.
    PersonId
);
text!(
    /// A time in UTC as RFC 3339 writes it, in milliseconds: `2026-11-26T19:30:00.000Z`. Texts sort as times do.
    Timestamp
);
