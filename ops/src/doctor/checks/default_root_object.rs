//! Does a default root object get into the gate's way? The gate maps `/` to the route's document by itself.

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "default-root-object",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let distribution = facts.distribution.known()?;
    let mend = "leave the default root object empty: parapet deploy site";
    match distribution.default_root_object.as_str() {
        "" => {}
        "index.html" => found.hint(
            format!("the distribution {} has a default root object, which nothing needs", distribution.id),
            mend,
        ),
        other => found.risky(
            format!(
                "the distribution {} answers / with {other}, but the gate's routes are asked for /index.html",
                distribution.id
            ),
            mend,
        ),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};

    #[test]
    fn it_is_empty() {
        finds(&CHECK, Severity::Hint, "nothing needs", |facts| {
            known(&mut facts.distribution).default_root_object = "index.html".to_owned();
        });
        finds(&CHECK, Severity::Risky, "with home.htm", |facts| {
            known(&mut facts.distribution).default_root_object = "home.htm".to_owned();
        });
        silent(&CHECK, |_| {});
    }
}
