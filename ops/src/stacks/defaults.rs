//! What a stack has where it is given nothing: the defaults of its template's parameters.

use std::collections::BTreeMap;

use saphyr::{LoadableYamlNode, Scalar, Yaml};

use super::Part;

/// The defaults of a part's parameters, by their names. A parameter without one has to be given.
#[must_use]
pub fn defaults(part: Part) -> BTreeMap<String, String> {
    let documents = Yaml::load_from_str(part.template()).unwrap_or_default();
    let parameters = documents.first().and_then(|template| template.as_mapping_get("Parameters"));
    let parameters = parameters.and_then(Yaml::as_mapping).into_iter().flatten();
    let default = |(name, parameter): (&Yaml<'_>, &Yaml<'_>)| {
        Some((name.as_str()?.to_owned(), text(parameter.as_mapping_get("Default")?)?))
    };
    parameters.filter_map(default).collect()
}

/// CloudFormation keeps every value as a text.
fn text(value: &Yaml<'_>) -> Option<String> {
    match value {
        Yaml::Value(Scalar::String(text)) => Some(text.clone().into_owned()),
        Yaml::Value(Scalar::Integer(number)) => Some(number.to_string()),
        Yaml::Value(Scalar::Boolean(switch)) => Some(switch.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_of_every_template_is_read() {
        for part in Part::ALL {
            let template = part.template();
            let parameters = template.split_once("\nParameters:\n").unwrap().1;
            let parameters = parameters.split("\nConditions:").next().unwrap();
            let parameters = parameters.split("\nResources:").next().unwrap();
            let written = parameters.lines().filter(|line| line.starts_with("    Default:")).count();
            assert_eq!(defaults(part).len(), written, "{part}");
        }
    }

    #[test]
    fn a_default_is_the_text_that_a_stack_has() {
        let site = defaults(Part::Site);
        assert_eq!((&*site["SitePrefix"], &*site["WebAclArn"]), ("/site", ""));
        assert_eq!(
            site["PagesContentSecurityPolicy"],
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src \
             'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        let identity = defaults(Part::Identity);
        assert_eq!((&*identity["RefreshTokenDays"], &*identity["SelfSignUp"]), ("30", "false"));
        assert_eq!(defaults(Part::EdgeRegion)["LogRetentionDays"], "0");
        assert!(!site.contains_key("Name"));
    }
}
