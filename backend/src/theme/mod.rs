//! The theme: templates and assets that make pages of content.
//!
//! A theme is a folder of plain files (docs/theme.md); the default one is in the program. It is checked as a whole before
//! anything is published with it: every template is compiled and rendered with sample content, full and bare, so that a
//! slip is told at the start with its file and line and not on the day when a page needs that branch.

mod accent;
mod asset;
pub mod context;
mod escape;
mod files;
mod moment;
mod picture;
mod problem;
mod sample;
mod texts;

use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use serde::Serialize;

pub use asset::Asset;
use asset::Assets;
use context::{AssetUrls, EntryPage, ErrorPage, Frame, HomePage, ListPage, SearchPage, TagPage};
use files::Files;
pub use problem::{ThemeProblem, ThemeProblems};
use texts::Texts;

/// The templates that every theme has.
const LAYOUTS: [&str; 8] = [
    "base.html",
    "entry.html",
    "section.html",
    "tag.html",
    "home.html",
    "search.html",
    "404.html",
    "403.html",
];

/// A theme that was checked.
#[derive(Debug)]
pub struct Theme {
    templates: Environment<'static>,
    assets: Assets,
    texts: Texts,
}

impl Theme {
    /// Loads a theme and checks it: the one in a folder, or the default theme.
    ///
    /// # Errors
    /// All that is wrong with it, each with its file and line.
    pub fn load(folder: Option<&Path>) -> Result<Theme, ThemeProblems> {
        match folder {
            Some(folder) => {
                Theme::of_files(&files::of_folder(folder).map_err(|problem| ThemeProblems(vec![problem]))?)
            }
            None => Theme::of_files(&files::embedded()),
        }
    }

    fn of_files(files: &Files) -> Result<Theme, ThemeProblems> {
        let (assets, mut problems) = Assets::of(files);
        let (texts, mut found) = Texts::of(files);
        problems.append(&mut found);
        let (templates, mut found) = compiled(files);
        problems.append(&mut found);
        let theme = Theme { templates, assets, texts };
        // Rendering would only repeat what is known to be wrong.
        if problems.is_empty() {
            problems = sample::problems(&theme);
        }
        if problems.is_empty() { Ok(theme) } else { Err(ThemeProblems(problems)) }
    }

    /// The page of an entry.
    ///
    /// # Errors
    /// What the template does that it may not.
    pub fn entry(&self, page: &EntryPage) -> Result<String, ThemeProblem> {
        self.render("entry.html", &page.frame, page)
    }

    /// A page of a section's list.
    ///
    /// # Errors
    /// What the template does that it may not.
    pub fn section(&self, page: &ListPage) -> Result<String, ThemeProblem> {
        self.render("section.html", &page.frame, page)
    }

    /// A page of what has a tag.
    ///
    /// # Errors
    /// What the template does that it may not.
    pub fn tag(&self, page: &TagPage) -> Result<String, ThemeProblem> {
        self.render("tag.html", &page.frame, page)
    }

    /// The site's front page.
    ///
    /// # Errors
    /// What the template does that it may not.
    pub fn home(&self, page: &HomePage) -> Result<String, ThemeProblem> {
        self.render("home.html", &page.frame, page)
    }

    /// The search page.
    ///
    /// # Errors
    /// What the template does that it may not.
    pub fn search(&self, page: &SearchPage) -> Result<String, ThemeProblem> {
        self.render("search.html", &page.frame, page)
    }

    /// The page for what is not there.
    ///
    /// # Errors
    /// What the template does that it may not.
    pub fn not_found(&self, page: &ErrorPage) -> Result<String, ThemeProblem> {
        self.render("404.html", &page.frame, page)
    }

    /// The page for what somebody may not read.
    ///
    /// # Errors
    /// What the template does that it may not.
    pub fn forbidden(&self, page: &ErrorPage) -> Result<String, ThemeProblem> {
        self.render("403.html", &page.frame, page)
    }

    /// The files to be served beside the pages, with an accent colour (`#rrggbb`) in the style sheet.
    #[must_use]
    pub fn assets(&self, accent: &str) -> Vec<Asset> {
        self.assets.served(accent).into_values().collect()
    }

    /// Their addresses, for [`Frame::assets`].
    #[must_use]
    pub fn asset_urls(&self, accent: &str) -> AssetUrls {
        self.assets.urls(accent)
    }

    fn render(&self, name: &str, frame: &Frame, page: &impl Serialize) -> Result<String, ThemeProblem> {
        let text = self.texts.of_language(&frame.site.language);
        let rendered = self
            .templates
            .get_template(name)
            .and_then(|template| template.render(context! { text, ..Value::from(Serde(page)) }));
        rendered.map_err(|error| ThemeProblem::of_template(name, &error))
    }
}

/// Compiles all templates of a theme.
fn compiled(files: &Files) -> (Environment<'static>, Vec<ThemeProblem>) {
    let mut templates = Environment::new();
    // A slip in a name would be an empty place on a page that nobody looks at.
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    // Building fails for odd delimiters alone, and these are the usual ones.
    let tidy = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    templates.set_syntax(tidy.unwrap_or_default());
    templates.set_formatter(escape::write);
    let mut problems = Vec::new();
    for (path, bytes) in files {
        let Some(name) = path.strip_prefix("layouts/") else { continue };
        // Escaping is decided by the name's ending.
        if !name.ends_with(".html") {
            problems
                .push(ThemeProblem::in_file(path, "is no template, expected a name that ends with .html"));
            continue;
        }
        let Ok(source) = String::from_utf8(bytes.clone()) else {
            problems.push(ThemeProblem::in_file(path, "is not UTF-8"));
            continue;
        };
        if let Err(error) = templates.add_template_owned(name.to_owned(), source) {
            problems.push(ThemeProblem::of_template(name, &error));
        }
    }
    for name in LAYOUTS {
        let file = format!("layouts/{name}");
        if !files.contains_key(&file) {
            problems.push(ThemeProblem::in_file(file, "is missing"));
        }
    }
    (templates, problems)
}

#[cfg(test)]
mod tests;
