//! Are pages compressed on their way? An app's WebAssembly is three to four times as long without.

use gate::route::RouteKind;

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "compression",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let (gate, distribution) = (facts.gate.known()?, facts.distribution.known()?);
    for behavior in distribution.behaviors.iter().filter(|behavior| !behavior.compress) {
        let is_api = gate.route(&behavior.sample()).is_some_and(|route| route.kind == RouteKind::Api);
        if !is_api {
            found.hint(
                format!("the behavior {} does not compress what it serves", behavior.pattern),
                "turn Compress on: parapet deploy site",
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};

    #[test]
    fn pages_are_compressed() {
        finds(&CHECK, Severity::Hint, "/admin/*", |facts| {
            known(&mut facts.distribution).behaviors[1].compress = false;
        });
        silent(&CHECK, |facts| known(&mut facts.distribution).behaviors[0].compress = false);
    }
}
