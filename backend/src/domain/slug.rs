//! Slugs from titles, in whatever script the title is.

use content::path::Slug;

/// A slug of `[a-z0-9-]` from a title.
#[must_use]
pub fn slug_of_title(title: &str) -> Slug {
    Slug::from_ascii_title(&deunicode::deunicode(title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_scripts_are_written_in_latin_letters() {
        assert_eq!(slug_of_title("Über Köln").as_str(), "uber-koln");
        assert_eq!(slug_of_title("Пример").as_str(), "primer");
        assert_eq!(slug_of_title("\u{200b}").as_str(), "untitled");
    }
}
