//! The behaviors that the API's routes have. A behavior that answers several of them is judged once: there is one thing
//! to mend.

use gate::route::{Route, RouteKind};

use crate::doctor::facts::{Behavior, Distribution, GateSettings, sample};

/// A behavior, and the API's routes that it answers.
pub(super) struct ServedApi<'a> {
    pub(super) behavior: &'a Behavior,
    routes: Vec<&'a Route>,
}

impl<'a> ServedApi<'a> {
    /// One for each behavior that is the first to match a path of one of the API's routes.
    pub(super) fn all(gate: &'a GateSettings, distribution: &'a Distribution) -> Vec<ServedApi<'a>> {
        let mut all: Vec<ServedApi<'a>> = Vec::new();
        for route in gate.routes_of(|kind| *kind == RouteKind::Api) {
            let Some(behavior) = distribution.behavior(&sample(route.pattern.as_str())) else { continue };
            match all.iter_mut().find(|known| std::ptr::eq(known.behavior, behavior)) {
                Some(known) => known.routes.push(route),
                None => all.push(ServedApi { behavior, routes: vec![route] }),
            }
        }
        all
    }

    /// The patterns of its routes, as a list to read.
    pub(super) fn patterns(&self) -> String {
        let patterns: Vec<&str> = self.routes.iter().map(|route| route.pattern.as_str()).collect();
        patterns.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{facts, known};

    fn served(change: impl FnOnce(&mut Distribution)) -> Vec<(String, String)> {
        let mut facts = facts();
        change(known(&mut facts.distribution));
        let all = ServedApi::all(facts.gate.known().unwrap(), facts.distribution.known().unwrap());
        all.iter().map(|one| (one.behavior.pattern.clone(), one.patterns())).collect()
    }

    fn pair(pattern: &str, routes: &str) -> (String, String) {
        (pattern.to_owned(), routes.to_owned())
    }

    #[test]
    fn a_wider_behavior_answers_the_narrower_route_too() {
        assert_eq!(served(|_| {}), [pair("/api/*", "/api/v1/search, /api/*")]);
    }

    #[test]
    fn the_first_behavior_that_matches_answers() {
        let narrow = |distribution: &mut Distribution, place| {
            let mut search = distribution.behaviors[0].clone();
            search.pattern = "/api/v1/search".to_owned();
            distribution.behaviors.insert(place, search);
        };
        assert_eq!(
            served(|distribution| narrow(distribution, 0)),
            [pair("/api/v1/search", "/api/v1/search"), pair("/api/*", "/api/*")]
        );
        assert_eq!(
            served(|distribution| narrow(distribution, 1)),
            [pair("/api/*", "/api/v1/search, /api/*")]
        );
    }
}
