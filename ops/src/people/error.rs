//! Why nobody was looked after.

use super::Status;
use crate::aws::CallError;
use crate::failure::{Exit, NextStep};
use crate::moment::NoRandomness;
use crate::stacks::NotDeployed;

/// Why nobody was looked after.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Cognito did not do what was asked.
    #[error(transparent)]
    Aws(#[from] CallError),
    /// There is no user pool yet.
    #[error(transparent)]
    NotDeployed(#[from] NotDeployed),
    /// No temporary password can be drawn.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The pool is gone, or was never there.
    #[error("the user pool {pool} does not exist")]
    NoPool {
        /// Its id.
        pool: String,
    },
    /// The name is nobody's.
    #[error("{who} is nobody's email address, user name or sub{}", perhaps(.near))]
    Nobody {
        /// What was given.
        who: String,
        /// Who may have been meant.
        near: Vec<String>,
    },
    /// The address is several people's.
    #[error("{who} is the email address of several people, with the user names {}", .usernames.join(", "))]
    Several {
        /// What was given.
        who: String,
        /// Their user names.
        usernames: Vec<String>,
    },
    /// The pool lacks a group.
    #[error("there is no group {}; {}", .unknown.join(", "), have(.known))]
    UnknownGroups {
        /// What was given.
        unknown: Vec<String>,
        /// The pool's groups.
        known: Vec<String>,
    },
    /// A group is to be added and removed.
    #[error("the group {group} is in both --add and --remove")]
    AddedAndRemoved {
        /// Its name.
        group: String,
    },
    /// It cannot be an email address.
    #[error("{given:?} is no email address, expected one such as ada@example.com")]
    NoAddress {
        /// What was given.
        given: String,
    },
    /// The pool makes the user names itself.
    #[error("people of this user pool sign in by their email address: --user-name has no use")]
    NoUserNames,
    /// An address cannot be a user name where it stands for one.
    #[error("people of this user pool have user names, for which an email address only stands")]
    NeedsUserName,
    /// There is no invitation that could be sent again.
    #[error("{email} was never invited")]
    NeverInvited {
        /// Who.
        email: String,
    },
    /// They do not wait for an invitation.
    #[error("{email} is {status}, and no invitation is sent again but to who is invited")]
    NotWaiting {
        /// Who.
        email: String,
        /// What they are.
        status: Status,
    },
    /// Somebody else was faster.
    #[error("{email} was invited by somebody else meanwhile")]
    Meanwhile {
        /// Who.
        email: String,
    },
    /// Cognito cannot send the mail.
    #[error("the invitation of {email} was not sent")]
    NoMail {
        /// Who.
        email: String,
        /// Cognito's reason.
        source: CallError,
    },
}

impl PeopleError {
    /// What an error of inviting somebody means.
    pub(super) fn of_invitation(email: &str, error: CallError) -> PeopleError {
        let email = email.to_owned();
        match error.code() {
            Some("UsernameExistsException") => PeopleError::Meanwhile { email },
            // Cognito's word for too many mails in a day is that of any other limit.
            Some("CodeDeliveryFailureException" | "LimitExceededException") => {
                PeopleError::NoMail { email, source: error }
            }
            _ => PeopleError::Aws(error),
        }
    }
}

impl NextStep for PeopleError {
    fn next_step(&self) -> String {
        match self {
            PeopleError::Aws(error) => error.next_step(),
            PeopleError::NotDeployed(error) => error.next_step(),
            PeopleError::NoRandomness(_) | PeopleError::Meanwhile { .. } => "run the command again".to_owned(),
            PeopleError::NoPool { .. } => {
                "make one with parapet deploy identity, or mend user_pool under [sign_in] in the project file".to_owned()
            }
            PeopleError::Nobody { .. } => "parapet people list shows who is there".to_owned(),
            PeopleError::Several { .. } => "name one of them by the user name".to_owned(),
            PeopleError::UnknownGroups { .. } => {
                "name a group that is there, or add it to groups under [sign_in] in the project file and run parapet \
                 deploy identity"
                    .to_owned()
            }
            PeopleError::AddedAndRemoved { .. } => "leave one of them out".to_owned(),
            PeopleError::NoAddress { .. } => "give one address alone, without a name around it".to_owned(),
            PeopleError::NoUserNames => "leave --user-name out".to_owned(),
            PeopleError::NeedsUserName => "choose one with --user-name".to_owned(),
            PeopleError::NeverInvited { email } => {
                format!("run parapet people invite {email}, without --resend")
            }
            PeopleError::NotWaiting { email, status } => match status {
                Status::Disabled => format!("run parapet people enable {email} first"),
                _ => "send them to the site: whoever has forgotten a password gets another there".to_owned(),
            },
            PeopleError::NoMail { email, .. } => format!(
                "give the user pool a sender of its own under [sign_in.email] (Cognito itself sends 50 mails a day) or \
                 wait a day, then run parapet people invite {email} again, with --resend if they are listed by then"
            ),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            PeopleError::AddedAndRemoved { .. }
            | PeopleError::NoAddress { .. }
            | PeopleError::NoUserNames
            | PeopleError::NeedsUserName => Exit::Usage,
            _ => Exit::Failed,
        }
    }
}

fn perhaps(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) }
}

fn have(groups: &[String]) -> String {
    if groups.is_empty() {
        "the user pool has none".to_owned()
    } else {
        format!("the user pool has {}", groups.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_what_is_there() {
        let near = vec!["ada@example.com".to_owned(), "adam@example.com".to_owned()];
        let nobody = PeopleError::Nobody { who: "adb".to_owned(), near };
        assert_eq!(
            nobody.to_string(),
            "adb is nobody's email address, user name or sub; did you mean ada@example.com or adam@example.com?"
        );
        let unknown = |known: &[&str]| {
            let known = known.iter().map(|name| (*name).to_owned()).collect();
            PeopleError::UnknownGroups { unknown: vec!["authors".to_owned()], known }.to_string()
        };
        assert_eq!(
            unknown(&["admins", "editors"]),
            "there is no group authors; the user pool has admins, editors"
        );
        assert_eq!(unknown(&[]), "there is no group authors; the user pool has none");
    }
}
