//! Does the gate take over from another one without seeing its sessions?

use gate::cookie::Layout;

use super::Check;
use crate::doctor::facts::GateSettings;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "cookie-layout",
    reference: "https://github.com/aws-samples/cloudfront-authorization-at-edge",
    run,
};

/// The paths of cloudfront-authorization-at-edge, and those that cognito-at-edge suggests.
const PEERS: [&str; 4] = ["/parseauth", "/refreshauth", "/signout", "/_callback"];
const AMPLIFY: &str = "CognitoIdentityServiceProvider.";

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let gate = facts.gate.known()?;
    let mut unknown = Vec::new();
    match facts.client.known() {
        Ok(client) => registered(gate, &client.callback_urls, found),
        Err(why) => unknown.push(why),
    }
    match facts.distribution.known() {
        Ok(distribution) => {
            let behaviors = distribution.behaviors.iter().map(|behavior| behavior.pattern.as_str());
            for pattern in behaviors.filter(|pattern| PEERS.contains(pattern)) {
                found.risky(
                    format!("the distribution still has the behavior {pattern} of the gate before this one"),
                    "take it away once nobody signs in through the old gate any more",
                );
            }
        }
        Err(why) => unknown.push(why),
    }
    match facts.session_cookies.known() {
        Ok(cookies) => cookies.iter().flatten().for_each(|(name, _)| in_a_browser(gate, name, found)),
        Err(why) => unknown.push(why),
    }
    // Any one of the three is enough to look at something.
    if unknown.len() == 3 { unknown.pop().map_or(Ok(()), Err) } else { Ok(()) }
}

fn registered(gate: &GateSettings, callback_urls: &[String], found: &mut Found) {
    let path = |url: &str| {
        url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| rest.split_at(at).1.to_owned()))
    };
    let old = callback_urls.iter().find(|url| path(url).is_some_and(|path| PEERS.contains(&path.as_str())));
    if let (Some(url), Layout::Host) = (old, gate.layout) {
        found.hint(
            format!(
                "the app client has the callback URL {url} of a gate before this one, whose sessions this one does not \
                 see: its cookies have the layout host"
            ),
            "to keep everybody signed in, set cookies = \"amplify\" under [gate] and run parapet deploy \
             edge; else take the URL away",
        );
    }
}

fn in_a_browser(gate: &GateSettings, name: &str, found: &mut Found) {
    if name.ends_with(".LastAuthUser") && gate.layout == Layout::Host {
        found.risky(
            format!(
                "the browser has a session in cookies of the layout amplify ({name}), but the gate \
             reads the layout host"
            ),
            "set cookies = \"amplify\" under [gate] and run parapet deploy edge, or let people sign in again",
        );
    } else if name == "__Host-refresh-token" && gate.layout == Layout::Amplify {
        found.risky(
            format!(
                "the browser has a session in cookies of the layout host ({name}), but the gate reads \
             {AMPLIFY}*"
            ),
            "set cookies = \"host\" under [gate] and run parapet deploy edge, or let people sign in again",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};

    #[test]
    fn traces_of_another_gate_ask_for_its_layout() {
        let parse_auth = "https://cms.example.com/parseauth".to_owned();
        finds(&CHECK, Severity::Hint, "/parseauth of a gate before", |facts| {
            known(&mut facts.client).callback_urls.push(parse_auth.clone());
        });
        silent(&CHECK, |facts| {
            known(&mut facts.client).callback_urls.push(parse_auth.clone());
            known(&mut facts.gate).layout = Layout::Amplify;
            *known(&mut facts.session_cookies) = None;
        });
        finds(&CHECK, Severity::Risky, "still has the behavior /refreshauth", |facts| {
            known(&mut facts.distribution).behaviors[0].pattern = "/refreshauth".to_owned();
        });
    }

    #[test]
    fn a_browsers_session_is_of_the_gates_layout() {
        finds(&CHECK, Severity::Risky, "layout amplify", |facts| {
            let cookies = known(&mut facts.session_cookies).as_mut().unwrap();
            cookies.push((format!("{AMPLIFY}1.LastAuthUser"), 3));
        });
        finds(&CHECK, Severity::Risky, "layout host", |facts| {
            known(&mut facts.gate).layout = Layout::Amplify
        });
    }
}
