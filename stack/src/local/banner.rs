//! What `make up` tells when everything answers.

use std::fmt;

use super::Stack;
use crate::pool::PoolSettings;

/// A small table: where things are, and whom to sign in as.
pub struct Banner {
    places: Vec<(&'static str, String)>,
    people: Vec<(String, String, String)>,
    deploy: String,
}

impl Banner {
    /// The table for a running cloud.
    #[must_use]
    pub fn of(stack: &Stack) -> Banner {
        let site = stack.site_url();
        let pool = stack.pool().base_url();
        let mut places = vec![
            ("the site", format!("{site}/")),
            ("the editing app", format!("{site}/admin/")),
            ("the hosted UI", format!("{pool}/")),
            ("its mailbox", format!("{pool}/mailbox")),
        ];
        if let Some(api) = stack.api() {
            places.push(("the API origin", format!("http://{}/", api.addr())));
        }
        if let Some(backend) = stack.cms().and_then(super::Cms::backend) {
            places.push(("the API", format!("{}api/v1/docs", backend.uri())));
        }
        let (bucket, distribution) = (&stack.bucket().settings().name, stack.cdn().distribution_id());
        let endpoint = stack.aws_endpoint().url();
        places.push(("AWS's endpoint", format!("{endpoint} (bucket {bucket}, distribution {distribution})")));
        places.push(("CloudFront's API", format!("http://{}/", stack.cdn().admin_addr())));
        let deploy = format!(
            "cargo run -p ops -- deploy site dist/site --bucket {bucket} --distribution {distribution} --adopt \
             --endpoint-url {endpoint}"
        );
        let people = PoolSettings::local(site)
            .users
            .into_iter()
            .map(|user| {
                let groups =
                    if user.groups.is_empty() { "no group".to_owned() } else { user.groups.join(", ") };
                (user.email, user.password, groups)
            })
            .collect();
        Banner { places, people, deploy }
    }
}

impl fmt::Display for Banner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nParapet runs.\n")?;
        for (name, address) in &self.places {
            writeln!(f, "  {name:<18} {address}")?;
        }
        writeln!(f, "\n  sign in as         {:<20} {:<14} in", "e-mail", "password")?;
        for (email, password, groups) in &self.people {
            writeln!(f, "  {:<18} {email:<20} {password:<14} {groups}", "")?;
        }
        writeln!(f, "\n  after a change of the site:\n  {}", self.deploy)?;
        writeln!(f, "\nCtrl-C ends everything.")
    }
}
