//! Cache behaviors, resolved from the configuration: every id stands for what it names before the first request.

use std::{collections::HashMap, sync::Arc};

use http::Method;

use super::{
    CachePolicy, Distribution, OriginRequestPolicy, OriginTarget, PathPattern, ResponseHeadersPolicy,
    distribution::BehaviorConfig, normalised_path::normalised_path, origin::Origin,
};

/// One thing wrong with a distribution.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DistributionProblem {
    /// A behavior names an origin that is not listed.
    #[error("cache behavior {behavior}: there is no origin {id:?}")]
    UnknownOrigin {
        /// The path pattern of the behavior.
        behavior: String,
        /// What it names.
        id: String,
    },
    /// A behavior names a policy that is neither AWS's nor the distribution's own.
    #[error("cache behavior {behavior}: there is no {kind} policy {id:?}")]
    UnknownPolicy {
        /// The path pattern of the behavior.
        behavior: String,
        /// The kind of policy.
        kind: &'static str,
        /// What it names.
        id: String,
    },
    /// A method that no request can have.
    #[error("cache behavior {behavior}: {method:?} is not a method")]
    Method {
        /// The path pattern of the behavior.
        behavior: String,
        /// What it allows.
        method: String,
    },
    /// Only viewer-request and origin-response functions are called here.
    #[error(
        "cache behavior {behavior}: functions of {event_type} are not supported, expected viewer-request or origin-response"
    )]
    EventType {
        /// The path pattern of the behavior.
        behavior: String,
        /// What it asks for.
        event_type: String,
    },
    /// Nothing was said about where an origin stands.
    #[error("origin {0:?}: nothing says where it stands on this machine")]
    UnplacedOrigin(String),
    /// Only clear text origins can be reached.
    #[error("origin {id:?}: {uri:?} is not of the form http://host:port")]
    OriginUri {
        /// The origin's id.
        id: String,
        /// Where it was said to stand.
        uri: String,
    },
    /// A custom header that cannot be sent.
    #[error("origin {id:?}: custom header {name:?} cannot be sent")]
    OriginHeader {
        /// The origin's id.
        id: String,
        /// The header's name.
        name: String,
    },
    /// Error pages would rewrite the API's errors too.
    #[error("custom error response for {0}: a response page is not supported")]
    ErrorPage(u16),
}

/// What applies to the requests of a path pattern.
#[derive(Debug)]
pub(super) struct Behavior {
    pub(super) origin: Arc<Origin>,
    pub(super) methods: Vec<Method>,
    pub(super) cache_policy: CachePolicy,
    pub(super) origin_request_policy: OriginRequestPolicy,
    pub(super) response_headers_policy: ResponseHeadersPolicy,
    pub(super) compress: bool,
    pub(super) function: Option<FunctionUse>,
    /// Whether the function is asked about the origin's responses, too.
    pub(super) asks_about_responses: bool,
}

/// How a behavior calls the viewer-request function.
#[derive(Clone, Copy, Debug)]
pub(super) struct FunctionUse {
    pub(super) include_body: bool,
}

/// All behaviors of a distribution.
#[derive(Debug)]
pub(super) struct Behaviors {
    by_path: Vec<(PathPattern, Arc<Behavior>)>,
    default: Arc<Behavior>,
}

impl Behaviors {
    /// The first behavior whose pattern matches the normalised path, else the default.
    pub(super) fn of(&self, raw_path: &str) -> &Arc<Behavior> {
        let path = normalised_path(raw_path);
        let found = self.by_path.iter().find(|(pattern, _)| pattern.matches(&path));
        found.map_or(&self.default, |(_, behavior)| behavior)
    }

    /// Whether any behavior calls the function.
    pub(super) fn call_function(&self) -> bool {
        let all = self.by_path.iter().map(|(_, behavior)| behavior).chain([&self.default]);
        all.into_iter().any(|behavior| behavior.function.is_some() || behavior.asks_about_responses)
    }

    /// Resolves a distribution. All problems are found together.
    pub(super) fn resolve(
        distribution: &Distribution,
        targets: &HashMap<String, OriginTarget>,
    ) -> Result<Self, Vec<DistributionProblem>> {
        let config = &distribution.distribution_config;
        let mut problems = Vec::new();
        let mut origins = HashMap::new();
        for origin in &config.origins {
            match Origin::resolve(origin, targets) {
                Ok(resolved) => drop(origins.insert(origin.id.clone(), Arc::new(resolved))),
                Err(problem) => problems.push(problem),
            }
        }
        let listed = |id: &str| config.origins.iter().any(|origin| origin.id == id);
        let mut resolver =
            Resolver { distribution, origins: &origins, listed: &listed, problems: &mut problems };
        let default = resolver.behavior("*", &config.default_cache_behavior);
        let mut by_path = Vec::new();
        for entry in &config.cache_behaviors {
            if let Some(behavior) = resolver.behavior(&entry.path_pattern.to_string(), &entry.behavior) {
                by_path.push((entry.path_pattern.clone(), Arc::new(behavior)));
            }
        }
        match default {
            Some(default) if problems.is_empty() => Ok(Self { by_path, default: Arc::new(default) }),
            _ => Err(problems),
        }
    }
}

struct Resolver<'a> {
    distribution: &'a Distribution,
    origins: &'a HashMap<String, Arc<Origin>>,
    listed: &'a dyn Fn(&str) -> bool,
    problems: &'a mut Vec<DistributionProblem>,
}

impl Resolver<'_> {
    fn behavior(&mut self, pattern: &str, config: &BehaviorConfig) -> Option<Behavior> {
        let known = self.distribution;
        let cache_policy = self.policy(
            pattern,
            "cache",
            Some(&config.cache_policy_id),
            &known.cache_policies,
            CachePolicy::managed,
        );
        let origin_request_policy = self.policy(
            pattern,
            "origin request",
            config.origin_request_policy_id.as_deref(),
            &known.origin_request_policies,
            OriginRequestPolicy::managed,
        );
        let response_headers_policy = self.policy(
            pattern,
            "response headers",
            config.response_headers_policy_id.as_deref(),
            &known.response_headers_policies,
            ResponseHeadersPolicy::managed,
        );
        let methods = self.methods(pattern, config);
        let function = self.function(pattern, config);
        Some(Behavior {
            origin: self.origin(pattern, &config.target_origin_id)?,
            methods,
            cache_policy: cache_policy?,
            origin_request_policy: origin_request_policy.unwrap_or_default(),
            response_headers_policy: response_headers_policy.unwrap_or_default(),
            compress: config.compress,
            function,
            asks_about_responses: associated(config, "origin-response"),
        })
    }

    fn origin(&mut self, pattern: &str, id: &str) -> Option<Arc<Origin>> {
        let found = self.origins.get(id).map(Arc::clone);
        // An origin that is listed but could not be resolved has its own problem already.
        if found.is_none() && !(self.listed)(id) {
            self.problems
                .push(DistributionProblem::UnknownOrigin { behavior: pattern.into(), id: id.into() });
        }
        found
    }

    fn policy<P: Clone>(
        &mut self,
        pattern: &str,
        kind: &'static str,
        id: Option<&str>,
        own: &HashMap<String, P>,
        managed: impl Fn(&str) -> Option<P>,
    ) -> Option<P> {
        let id = id?;
        let found = own.get(id).cloned().or_else(|| managed(id));
        if found.is_none() {
            let problem =
                DistributionProblem::UnknownPolicy { behavior: pattern.into(), kind, id: id.into() };
            self.problems.push(problem);
        }
        found
    }

    fn methods(&mut self, pattern: &str, config: &BehaviorConfig) -> Vec<Method> {
        let mut methods = Vec::new();
        for method in &config.allowed_methods {
            match method.parse() {
                Ok(method) => methods.push(method),
                Err(_) => self
                    .problems
                    .push(DistributionProblem::Method { behavior: pattern.into(), method: method.clone() }),
            }
        }
        methods
    }

    fn function(&mut self, pattern: &str, config: &BehaviorConfig) -> Option<FunctionUse> {
        let mut function = None;
        for association in &config.lambda_function_associations {
            if association.event_type == "viewer-request" {
                function = Some(FunctionUse { include_body: association.include_body });
            } else if association.event_type != "origin-response" {
                let event_type = association.event_type.clone();
                self.problems.push(DistributionProblem::EventType { behavior: pattern.into(), event_type });
            }
        }
        function
    }
}

fn associated(config: &BehaviorConfig, event_type: &str) -> bool {
    config.lambda_function_associations.iter().any(|association| association.event_type == event_type)
}
