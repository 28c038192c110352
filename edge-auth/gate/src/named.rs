//! Named: enums whose variants have fixed names in log lines, metrics and problem documents.
//!
//! One list gives the variants, their names, a sentence about each and `ALL`, so that none of the four can lack one.

macro_rules! named {
    ($(#[$about:meta])* pub enum $enum:ident { $($variant:ident = $name:literal: $sentence:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $enum {
            $(#[doc = $sentence] $variant,)+
        }

        impl $enum {
            /// Every variant.
            pub const ALL: &[$enum] = &[$($enum::$variant),+];

            /// The fixed name. Alarms, dashboards and people's searches rely on it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($enum::$variant => $name,)+ }
            }

            /// What it means: a clause without a full stop.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $($enum::$variant => $sentence,)+ }
            }
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $enum {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use named;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::log::Event;
    use crate::reason::Reason;

    #[test]
    fn names_are_distinct_and_plain() {
        for names in [
            Reason::ALL.iter().map(|reason| reason.as_str()).collect::<Vec<_>>(),
            Event::ALL.iter().map(|event| event.as_str()).collect(),
        ] {
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
            for name in names {
                assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
            }
        }
    }

    #[test]
    fn sentences_go_into_other_sentences() {
        for reason in Reason::ALL {
            let sentence = reason.sentence();
            assert!(
                !sentence.is_empty() && !sentence.ends_with('.') && !sentence.contains('\n'),
                "{sentence}"
            );
        }
    }
}
