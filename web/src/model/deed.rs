//! Entries of the audit log, as people call them.

/// Something that is done in the CMS.
#[derive(Debug)]
pub struct Deed {
    /// Its name in the API.
    pub action: &'static str,
    /// What it is called: in English, in German.
    words: [&'static str; 2],
}

impl Deed {
    /// What it is called in a language.
    pub fn called(&self, language: &str) -> &'static str {
        let [english, german] = self.words;
        if language == "de" { german } else { english }
    }
}

/// All that the API tells of.
pub const DEEDS: &[Deed] = &[
    Deed { action: "entry.create", words: ["Began an entry", "Eintrag begonnen"] },
    Deed { action: "entry.save", words: ["Saved an entry", "Eintrag gespeichert"] },
    Deed { action: "entry.publish", words: ["Published", "Veröffentlicht"] },
    Deed { action: "entry.unpublish", words: ["Unpublished", "Zurückgezogen"] },
    Deed { action: "entry.schedule", words: ["Scheduled", "Geplant"] },
    Deed { action: "entry.unschedule", words: ["Took back a schedule", "Planung aufgehoben"] },
    Deed { action: "entry.trash", words: ["Moved to the trash", "In den Papierkorb gelegt"] },
    Deed { action: "entry.restore", words: ["Took out of the trash", "Aus dem Papierkorb geholt"] },
    Deed { action: "entry.restore-revision", words: ["Restored a revision", "Fassung wiederhergestellt"] },
    Deed { action: "entry.delete", words: ["Deleted an entry for good", "Eintrag endgültig gelöscht"] },
    Deed { action: "media.create", words: ["Uploaded a file", "Datei hochgeladen"] },
    Deed { action: "media.replace", words: ["Replaced a file", "Datei ersetzt"] },
    Deed { action: "media.keep", words: ["Kept a file", "Datei behalten"] },
    Deed { action: "media.edit", words: ["Changed a file", "Datei geändert"] },
    Deed { action: "media.delete", words: ["Deleted a file", "Datei gelöscht"] },
    Deed { action: "section.create", words: ["Made a section", "Bereich angelegt"] },
    Deed { action: "section.edit", words: ["Changed a section", "Bereich geändert"] },
    Deed { action: "section.delete", words: ["Deleted a section", "Bereich gelöscht"] },
    Deed { action: "redirect.save", words: ["Made a redirect", "Weiterleitung angelegt"] },
    Deed { action: "redirect.delete", words: ["Deleted a redirect", "Weiterleitung gelöscht"] },
    Deed {
        action: "release.retry",
        words: ["Tried a publication again", "Veröffentlichung erneut versucht"],
    },
    Deed { action: "site.edit", words: ["Changed the site", "Website geändert"] },
];

/// What an action is called; its own name, where a newer API has one that is not known here.
pub fn deed<'a>(action: &'a str, language: &str) -> &'a str {
    DEEDS.iter().find(|deed| deed.action == action).map_or(action, |deed| deed.called(language))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn an_action_is_told_in_words() {
        assert_eq!(deed("entry.publish", "en"), "Published");
        assert_eq!(deed("entry.publish", "de"), "Veröffentlicht");
        assert_eq!(deed("entry.levitate", "en"), "entry.levitate");
    }

    #[test]
    fn no_two_actions_are_called_alike() {
        for language in ["en", "de"] {
            let names: BTreeSet<_> = DEEDS.iter().map(|deed| deed.called(language)).collect();
            assert_eq!(names.len(), DEEDS.len());
        }
    }
}
