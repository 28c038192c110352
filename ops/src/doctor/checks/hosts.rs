//! Do gate and distribution answer for the same hosts?

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "hosts",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let (gate, distribution) = (facts.gate.known()?, facts.distribution.known()?);
    for host in
        gate.hosts.iter().map(|host| host.without_port()).filter(|host| !gate::host::is_loopback(host))
    {
        let is_alias = distribution.aliases.iter().any(|alias| covers(alias, host));
        if !is_alias && host != distribution.domain_name {
            found.broken(
                format!(
                    "{host} is a host of the gate, but no alias of the distribution {} ({})",
                    distribution.id,
                    distribution.aliases.join(", ")
                ),
                "add it to [site] domains and run parapet deploy all, which makes it an alias with a \
                 certificate",
            );
        }
    }
    for alias in distribution.aliases.iter().filter(|alias| !alias.starts_with("*.")) {
        if !gate.hosts.iter().any(|host| host.is_named_by(alias)) {
            found.broken(
                format!(
                    "{alias} is an alias of the distribution {}, but no host of the gate: visitors get 400",
                    distribution.id
                ),
                "add it to [site] domains and run parapet deploy all",
            );
        }
    }
    Ok(())
}

fn covers(alias: &str, host: &str) -> bool {
    match alias.strip_prefix('*') {
        Some(parent) => host.ends_with(parent),
        None => alias.eq_ignore_ascii_case(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};

    #[test]
    fn both_know_every_host() {
        finds(&CHECK, Severity::Broken, "second.example is a host of the gate", |facts| {
            known(&mut facts.gate).hosts.push(gate::host::Host::parse("second.example").unwrap());
        });
        finds(&CHECK, Severity::Broken, "second.example is an alias", |facts| {
            known(&mut facts.distribution).aliases.push("second.example".to_owned());
        });
        silent(&CHECK, |facts| known(&mut facts.distribution).aliases.push("CMS.example.com".to_owned()));
    }

    #[test]
    fn cloudfronts_own_name_and_wildcards_do() {
        silent(&CHECK, |facts| {
            let host = gate::host::Host::parse("d111111abcdef8.cloudfront.net").unwrap();
            known(&mut facts.gate).hosts.push(host);
            known(&mut facts.distribution).aliases = vec!["*.example.com".to_owned()];
        });
    }
}
