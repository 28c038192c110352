//! Whether everybody can use a page, as far as axe-core can tell.

use std::path::Path;

use serde_json::Value;

use crate::browser::{Browser, BrowserError};

/// WCAG 2.2, levels A and AA, with all that it takes over from its earlier versions.
const SCRIPT: &str = "
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
    return axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
        .then(results => results.violations.flatMap(violation => violation.nodes.map(node =>
            `${violation.id} at ${node.target.join(' ')}: ${node.failureSummary}`)))";

/// Every violation on the page, told with its rule and its place.
///
/// # Errors
/// If axe-core is not installed or fails.
pub async fn violations(browser: &Browser) -> Result<Vec<String>, BrowserError> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
    let missing = |error| {
        BrowserError::File(format!("axe-core is not at {}; `make setup` installs it", path.display()), error)
    };
    let axe = tokio::fs::read_to_string(&path).await.map_err(missing)?;
    browser.run(&axe, &[]).await?;
    let found = browser.run(SCRIPT, &[]).await?;
    match found.as_array() {
        Some(found) => Ok(found.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        None => Err(BrowserError::Answer { expected: "a list of violations", found }),
    }
}
