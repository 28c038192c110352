//! Does the distribution answer a page instead of errors? It would do so for the API's errors as well: custom error
//! responses are the distribution's, not a behavior's.

use gate::route::RouteKind;

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "error-responses",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let (gate, distribution) = (facts.gate.known()?, facts.distribution.known()?);
    let has_api = gate.routes_of(|kind| *kind == RouteKind::Api).next().is_some();
    for response in &distribution.error_responses {
        let Some(page) = &response.page else { continue };
        let answered = response.answered.as_deref().unwrap_or("the same status");
        let problem = format!("{} is answered as {page} with {answered}", response.status);
        let mend = "take the custom error response away: routes of kind app give their entry document for \
         every path";
        if has_api {
            found.broken(format!("{problem}, the API's errors too: its clients get a page instead"), mend);
        } else if answered == "200" {
            found.risky(format!("{problem}: a script or style sheet that is missing comes as a page"), mend);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};
    use crate::doctor::facts::ErrorResponse;

    fn fall_back(facts: &mut Facts, answered: &str) {
        known(&mut facts.distribution).error_responses.push(ErrorResponse {
            status: 403,
            page: Some("/index.html".to_owned()),
            answered: Some(answered.to_owned()),
        });
    }

    fn without_api(facts: &mut Facts) {
        let gate = known(&mut facts.gate);
        let routes =
            gate.routes.routes().iter().filter(|route| route.kind != RouteKind::Api).cloned().collect();
        gate.routes = gate::route::RouteTable::new(routes);
    }

    #[test]
    fn an_apis_errors_stay_what_they_are() {
        finds(&CHECK, Severity::Broken, "403 is answered as /index.html with 200", |facts| {
            fall_back(facts, "200")
        });
        finds(&CHECK, Severity::Risky, "comes as a page", |facts| {
            without_api(facts);
            fall_back(facts, "200");
        });
        silent(&CHECK, |facts| {
            without_api(facts);
            fall_back(facts, "404");
        });
    }
}
