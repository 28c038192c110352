//! From text to project, with every problem noted on the way.

use toml::Table;

use super::gate::Unchecked;
use super::problem::Problems;
use super::rule::Rule;
use super::section::Section;
use super::{Api, Cms, Gate, Problem, Project, SignIn, Site, Watch, consistency};

/// The longest file that is read, in bytes. Ones that people write have two thousand.
const MAX_BYTES: usize = 262_144;

pub(super) fn read(text: &str) -> Result<Project, Vec<Problem>> {
    let problems = Problems::default();
    if text.len() > MAX_BYTES {
        problems.wrong("", &format!("a project file of at most {MAX_BYTES} bytes"), &text.len().to_string());
        return Err(problems.into_problems());
    }
    let table: Table = text.parse().map_err(|error| vec![no_toml(&error, text)])?;
    match read_table(Section::root(table, &problems)) {
        Some(project) => problems.into_result(project),
        None => Err(problems.into_problems()),
    }
}

/// Nothing where the gate refuses what it is to read.
fn read_table(mut root: Section<'_>) -> Option<Project> {
    let problems = root.problems();
    let name = root.required("name", &Rule::NAME);
    let stage = root.text("stage", "production", &Rule::STAGE);
    let region = root.required("region", &Rule::REGION);
    let api = root.optional_section("api").map(Api::read);
    let cms = root.optional_section("cms").map(Cms::read);
    let routes = root.take("routes");
    let has_api = api.is_some() || cms.is_some();
    let unchecked = Unchecked::read(root.section("gate"), routes, has_api);
    let app_path = unchecked.app_path().filter(|path| Rule::APP_PATH.holds(path)).unwrap_or_default();
    let site = Site::read(root.section("site"), app_path);
    let prefix = default_hosted_ui_prefix(&name, &stage, problems);
    let sign_in = SignIn::read(root.section("sign_in"), &region, &prefix);
    let watch = Watch::read(root.section("watch"), &stage);
    let permissions_boundary = root.optional("permissions_boundary", &Rule::PERMISSIONS);
    root.finish();
    consistency::check_region(&region, &site, problems);
    consistency::check_names(&site, api.as_ref(), &sign_in, problems);
    if cms.is_some() {
        consistency::check_cms(&site, api.as_ref(), problems);
    }
    let config = unchecked.check(problems)?;
    consistency::check_routes(&config, &site, has_api, &sign_in, problems);
    let (gate, routes) = (Gate::of(&config), Gate::routes(&config));
    Some(Project { name, stage, region, site, api, cms, sign_in, gate, routes, watch, permissions_boundary })
}

/// What the identity stack's own prefix begins with; nothing where that was said to be wrong already. Name and stage may
/// hold words that no prefix may.
fn default_hosted_ui_prefix(name: &str, stage: &str, problems: &Problems) -> String {
    if problems.has("name") || problems.has("stage") { String::new() } else { format!("{name}-{stage}") }
}

fn no_toml(error: &toml::de::Error, text: &str) -> Problem {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count().saturating_add(1);
    let message = format!("expected TOML, found at line {line}: {}", error.message());
    Problem { key: String::new(), message }
}
