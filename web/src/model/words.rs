//! All that the app says, in each of its languages. A line without a translation does not compile.

use std::fmt::Display;

macro_rules! words {
    ($($key:ident: $english:literal, $german:literal;)*) => {
        /// What the app says in one language; `{}` is where a name or a number goes.
        #[derive(Debug)]
        pub struct Words { $(#[doc = $english] pub $key: &'static str,)* }

        /// English.
        pub const ENGLISH: Words = Words { $($key: $english,)* };

        /// German.
        pub const GERMAN: Words = Words { $($key: $german,)* };

        #[cfg(test)]
        const PAIRS: &[(&str, &str)] = &[$(($english, $german)),*];
    };
}

/// Puts names and numbers into a text, in their order.
pub fn fill(text: &str, values: &[&dyn Display]) -> String {
    let mut parts = text.split("{}");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for (number, part) in parts.enumerate() {
        if let Some(value) = values.get(number) {
            filled.push_str(&value.to_string());
        }
        filled.push_str(part);
    }
    filled
}

words! {
    language: "en", "de";
    // the shell
    skip: "Skip to the content", "Zum Inhalt springen";
    main_navigation: "Desk", "Schreibtisch";
    entries: "Entries", "Einträge";
    media: "Media", "Medien";
    activity: "Activity", "Aktivität";
    site: "Site", "Website";
    profile: "Profile", "Profil";
    read_site: "Read the site", "Website lesen";
    sign_out: "Sign out", "Abmelden";
    sign_in: "Sign in", "Anmelden";
    new_window: "(in a new window)", "(in neuem Fenster)";
    go_anywhere: "Go anywhere", "Überallhin";
    shortcuts: "Keyboard shortcuts", "Tastenkürzel";
    close: "Close", "Schließen";
    cancel: "Cancel", "Abbrechen";
    try_again: "Try again", "Erneut versuchen";
    loading: "Loading", "Wird geladen";
    more: "More", "Mehr";
    menu: "Menu", "Menü";
    signed_out_title: "You are signed out", "Sie sind abgemeldet";
    signed_out_text: "The desk is for editors. Sign in, and you come back to this page.", "Der Schreibtisch ist für die Redaktion. Nach der Anmeldung sind Sie wieder auf dieser Seite.";
    not_opened: "The desk could not be opened", "Der Schreibtisch ließ sich nicht öffnen";
    no_such_page: "No such page", "Keine solche Seite";
    no_such_page_text: "There is nothing at {}. It may have been moved, or the address mistyped.", "Unter {} ist nichts. Vielleicht wurde es verschoben, oder die Adresse ist vertippt.";
    go_to_entries: "Go to the entries", "Zu den Einträgen";
    offline_title: "You are offline.", "Sie sind offline.";
    offline_text: "Keep writing: everything stays in this browser and is saved when the connection is back.", "Schreiben Sie weiter: Alles bleibt in diesem Browser und wird gespeichert, sobald die Verbindung wieder da ist.";
    session_ended_title: "Your session has ended", "Ihre Sitzung ist abgelaufen";
    session_ended_text: "Sign in again in a window of its own. What you wrote stays here and is saved as soon as you are back.", "Melden Sie sich in einem eigenen Fenster wieder an. Was Sie geschrieben haben, bleibt hier und wird gespeichert, sobald Sie zurück sind.";
    session_ended_note: "What you wrote is still here.", "Was Sie geschrieben haben, ist noch hier.";
    someone_else_title: "You are now signed in as {}", "Sie sind jetzt als {} angemeldet";
    someone_else_text: "Somebody else wrote this. Save it in the name of {}?", "Das hat jemand anderes geschrieben. Im Namen von {} speichern?";
    save_it: "Save it", "Speichern";
    not_now: "Not now", "Jetzt nicht";
    you_are_signed_in: "You are signed in", "Sie sind angemeldet";
    close_window_text: "Close this window and go on where you were: your work is waiting there.", "Schließen Sie dieses Fenster und machen Sie dort weiter, wo Sie waren.";
    close_window: "Close this window", "Fenster schließen";
    open_here: "Open the desk here", "Schreibtisch hier öffnen";
    session_ends_in: "Your session ends in {} min.", "Ihre Sitzung endet in {} min.";
    needs_group: "Only {} may do this: ask an administrator.", "Das dürfen nur {}: Fragen Sie eine Administratorin oder einen Administrator.";
    forbidden_title: "This part is not open to you", "Dieser Teil ist für Sie nicht offen";
    reader_text: "You can read the site. To write, ask an administrator to put you into one of these groups: {}.", "Sie können die Website lesen. Um zu schreiben, bitten Sie um Aufnahme in eine dieser Gruppen: {}.";
    // failures
    you_are_offline: "You are offline.", "Sie sind offline.";
    no_answer_in_time: "The server took too long to answer.", "Der Server hat zu lange nicht geantwortet.";
    server_not_reached: "The server could not be reached.", "Der Server war nicht erreichbar.";
    session_over: "Your session has ended.", "Ihre Sitzung ist abgelaufen.";
    not_allowed: "You are not allowed to do this.", "Das dürfen Sie nicht.";
    server_refused: "The server refused the request (status {}).", "Der Server hat die Anfrage abgelehnt (Status {}).";
    server_problem: "The server has a problem (status {}).", "Der Server hat ein Problem (Status {}).";
    answer_unreadable: "The server answered in a form this page does not understand.", "Diese Seite versteht die Antwort des Servers nicht.";
    do_when_offline: "Nothing you typed is lost; it goes on when the connection is back.", "Nichts Geschriebenes geht verloren; es geht weiter, sobald die Verbindung wieder da ist.";
    do_check_connection: "Check the connection, then try again.", "Prüfen Sie die Verbindung und versuchen Sie es erneut.";
    do_sign_in_again: "Sign in again to go on.", "Melden Sie sich wieder an.";
    do_reload: "Reload the page: a newer version of it may be waiting.", "Laden Sie die Seite neu: Vielleicht gibt es eine neuere.";
    do_ask_administrator: "Ask an administrator to put you into the right group.", "Bitten Sie um Aufnahme in die richtige Gruppe.";
    do_go_back: "It may have been deleted meanwhile.", "Vielleicht wurde es inzwischen gelöscht.";
    do_wait: "Wait a moment, then try again; if it stays, tell an operator the time and the status.", "Warten Sie kurz und versuchen Sie es erneut; bleibt es dabei, nennen Sie dem Betrieb Zeit und Status.";
    do_change: "Change what was asked for, then try again.", "Ändern Sie die Angaben und versuchen Sie es erneut.";
    // states and audiences
    draft: "Draft", "Entwurf";
    published: "Published", "Veröffentlicht";
    changed: "Changed", "Geändert";
    scheduled: "Scheduled", "Geplant";
    archived: "Archived", "Archiviert";
    trashed: "In the trash", "Im Papierkorb";
    in_review: "Ready for review", "Bereit zur Durchsicht";
    everyone: "Everyone", "Alle";
    signed_in_people: "Signed in", "Angemeldete";
    may_read: "Who may read it: {}", "Wer es lesen darf: {}";
    // entries
    new_entry: "New entry", "Neuer Eintrag";
    search: "Search", "Suchen";
    state: "State", "Stand";
    section: "Section", "Bereich";
    tag: "Tag", "Schlagwort";
    author: "Author", "Autor:in";
    any: "Any", "Alle";
    sort: "Sort by", "Sortieren nach";
    sort_updated: "Last changed", "Zuletzt geändert";
    sort_title: "Title", "Titel";
    sort_published: "Last published", "Zuletzt veröffentlicht";
    sort_path: "Address", "Adresse";
    only_mine: "Mine", "Meine";
    clear_filters: "Clear all", "Alles zurücksetzen";
    no_entries: "Nothing here yet", "Noch ist hier nichts";
    no_entries_text: "A title is enough to begin with.", "Ein Titel genügt für den Anfang.";
    write_first: "Write the first", "Den ersten schreiben";
    no_match: "Nothing matches", "Nichts gefunden";
    no_match_text: "Search for less, or clear the filters.", "Suchen Sie nach weniger oder setzen Sie die Filter zurück.";
    trash_empty: "The trash is empty", "Der Papierkorb ist leer";
    next_page: "Next page", "Nächste Seite";
    first_page: "First page", "Erste Seite";
    total: "{} in all", "Insgesamt {}";
    untitled: "Untitled", "Ohne Titel";
    by_at: "{}, {}", "{}, {}";
    select: "Select {}", "{} auswählen";
    select_all: "Select all", "Alle auswählen";
    selected: "{} selected", "{} ausgewählt";
    done_of: "Done for {} of {}.", "Erledigt für {} von {}.";
    trash: "Trash", "Papierkorb";
    move_to_trash: "Move to the trash", "In den Papierkorb";
    move_to_trash_text: "It is taken off the site as well. You can restore it.", "Es verschwindet auch von der Website. Sie können es wiederherstellen.";
    restore: "Restore", "Wiederherstellen";
    delete_forever: "Delete for good", "Endgültig löschen";
    delete_forever_text: "“{}” and all its revisions go, and nobody can bring them back.", "„{}“ und alle Fassungen verschwinden unwiederbringlich.";
    title: "Title", "Titel";
    create: "Begin", "Beginnen";
    // an entry
    all_entries: "All entries", "Alle Einträge";
    text: "Text", "Text";
    write: "Write", "Schreiben";
    both: "Both", "Beides";
    preview: "Preview", "Vorschau";
    preview_page: "Preview the page", "Seite in der Vorschau";
    markdown: "Markdown", "Markdown";
    rich_text: "Rich text", "Formatiert";
    formatting: "Formatting", "Formatierung";
    bold: "Bold", "Fett";
    italic: "Italic", "Kursiv";
    code: "Code", "Code";
    link: "Link", "Link";
    heading: "Heading", "Überschrift";
    quote: "Quote", "Zitat";
    list: "List", "Liste";
    numbered: "Numbered list", "Nummerierte Liste";
    task: "Tasks", "Aufgaben";
    table: "Table", "Tabelle";
    picture: "Picture", "Bild";
    link_entry: "Link to an entry", "Link zu einem Eintrag";
    strike: "Strikethrough", "Durchgestrichen";
    paragraph: "Paragraph", "Absatz";
    code_block: "Code block", "Codeblock";
    rule: "Divider", "Trennlinie";
    footnote: "Footnote", "Fußnote";
    undo: "Undo", "Rückgängig";
    redo: "Redo", "Wiederholen";
    done: "Done", "Fertig";
    language_of_code: "Language", "Sprache";
    apply: "Apply", "Anwenden";
    insert: "Insert", "Einfügen";
    row_before: "Row above", "Zeile darüber";
    row_after: "Row below", "Zeile darunter";
    column_before: "Column before", "Spalte davor";
    column_after: "Column after", "Spalte danach";
    delete_row: "Delete the row", "Zeile löschen";
    delete_column: "Delete the column", "Spalte löschen";
    delete_table: "Delete the table", "Tabelle löschen";
    words_minutes: "{} words · {} min", "{} Wörter · {} min";
    details: "Details", "Einzelheiten";
    address: "Address", "Adresse";
    slug_help: "The last part of the address. Readers of the old address are sent on once this is published.", "Der letzte Teil der Adresse. Wer die alte aufruft, wird nach der Veröffentlichung weitergeleitet.";
    slug_changed: "{} will lead here once this is published.", "{} führt nach der Veröffentlichung hierher.";
    summary: "Summary", "Zusammenfassung";
    summary_help: "A sentence or two for lists and feeds.", "Ein, zwei Sätze für Listen und Feeds.";
    tags: "Tags", "Schlagwörter";
    tags_help: "Separated by commas.", "Durch Kommas getrennt.";
    cover: "Cover picture", "Titelbild";
    choose: "Choose", "Auswählen";
    remove: "Remove", "Entfernen";
    none: "None", "Keins";
    text_language: "Language", "Sprache";
    text_language_help: "Such as en or de; the site’s if it is empty.", "Etwa de oder en; leer heißt: die der Website.";
    search_engines: "Search engines", "Suchmaschinen";
    search_title: "Title for search engines", "Titel für Suchmaschinen";
    search_description: "Description for search engines", "Beschreibung für Suchmaschinen";
    no_index: "Ask search engines to leave it out", "Suchmaschinen bitten, es auszulassen";
    order: "Place in the section", "Platz im Bereich";
    ask_review: "Ready for review", "Bereit zur Durchsicht";
    saved: "Saved", "Gespeichert";
    saved_at: "Saved {}", "Gespeichert {}";
    saving: "Saving…", "Wird gespeichert …";
    unsaved: "Not saved yet", "Noch nicht gespeichert";
    kept_here: "Kept in this browser", "In diesem Browser aufgehoben";
    save: "Save", "Speichern";
    not_saved: "Not saved:", "Nicht gespeichert:";
    publish: "Publish", "Veröffentlichen";
    publish_changes: "Publish changes", "Änderungen veröffentlichen";
    up_to_date: "Up to date", "Ist aktuell";
    up_to_date_text: "Readers have everything: there is nothing to publish.", "Die Website hat alles: Es gibt nichts zu veröffentlichen.";
    unpublish: "Unpublish", "Zurückziehen";
    unpublish_text: "Readers get “not found” there. The text stays here.", "Dort heißt es dann „nicht gefunden“. Der Text bleibt hier.";
    schedule: "Schedule", "Planen";
    schedule_text: "Times are in your time zone, {}.", "Die Zeiten gelten in Ihrer Zeitzone, {}.";
    publish_at: "Publish at", "Veröffentlichen um";
    unpublish_at: "Take off at", "Zurückziehen um";
    scheduled_for: "Published by itself: {}", "Erscheint von selbst: {}";
    taken_off_at: "Taken off by itself: {}", "Wird von selbst zurückgezogen: {}";
    cancel_schedule: "Cancel the schedule", "Planung aufheben";
    history: "History", "Verlauf";
    publishing: "Publishing", "Wird veröffentlicht";
    taking_off: "Taking it off", "Wird zurückgezogen";
    live: "Live", "Live";
    off: "Off the site", "Von der Website genommen";
    live_seen: "Live: seen here after {}", "Live: hier gesehen nach {}";
    off_seen: "Gone: seen here after {}", "Weg: hier gesehen nach {}";
    step_queued: "Asked for", "Beauftragt";
    step_placing: "Files are put", "Dateien werden abgelegt";
    step_announcing: "Caches are told", "Caches werden informiert";
    step_live: "Every cache has it", "Alle Caches haben es";
    step_seen: "Seen by this browser", "Von diesem Browser gesehen";
    step_waiting: "waiting", "wartet";
    publish_failed: "It was not published. The old page stays.", "Nicht veröffentlicht. Die alte Seite bleibt.";
    see_it: "See it", "Ansehen";
    wider_title: "Some of it is not for everyone who may read the page", "Nicht alles darf sehen, wer die Seite lesen darf";
    wider_text: "The page can be read by: {}. These are for fewer people:", "Die Seite dürfen lesen: {}. Das hier ist für weniger Menschen:";
    publish_anyway: "Publish all the same", "Trotzdem veröffentlichen";
    copy_for_page: "Copy them for this page", "Für diese Seite kopieren";
    alt_title: "Describe the pictures first", "Beschreiben Sie zuerst die Bilder";
    alt_text: "People who cannot see a picture hear its description.", "Wer ein Bild nicht sieht, hört seine Beschreibung.";
    also_here: "Also here: {}", "Auch hier: {}";
    backup_title: "This browser kept text that was not saved ({}).", "Dieser Browser hat ungespeicherten Text aufgehoben ({}).";
    backup_text: "Take it back, or throw it away.", "Holen Sie ihn zurück, oder verwerfen Sie ihn.";
    take_back: "Take it back", "Zurückholen";
    throw_away: "Throw it away", "Verwerfen";
    leave_title: "Leave without saving?", "Ohne Speichern verlassen?";
    leave_text: "What you wrote could not be saved. It stays in this browser and is offered when you come back.", "Was Sie geschrieben haben, ließ sich nicht speichern. Es bleibt in diesem Browser und wird beim nächsten Öffnen angeboten.";
    leave: "Leave", "Verlassen";
    stay: "Stay", "Bleiben";
    no_edit: "You can read this, not change it.", "Sie können das lesen, nicht ändern.";
    in_trash_text: "This entry is in the trash. Restore it to go on writing.", "Dieser Eintrag ist im Papierkorb. Stellen Sie ihn wieder her, um weiterzuschreiben.";
    // conflicts
    conflict_title: "Somebody else saved this entry meanwhile", "Jemand anderes hat diesen Eintrag inzwischen gespeichert";
    conflict_note: "Nothing of yours is lost, and nothing of theirs is overwritten.", "Von Ihnen ist nichts verloren, und von der anderen Fassung wird nichts überschrieben.";
    conflict_clean: "Your changes and theirs do not touch each other.", "Ihre Änderungen und die anderen berühren sich nicht.";
    conflict_open: "Both of you changed these places: {}. Decide for each.", "Diese Stellen haben Sie beide geändert: {}. Entscheiden Sie für jede.";
    compare: "Compare and merge", "Vergleichen und zusammenführen";
    merge: "Merge both", "Beide zusammenführen";
    base: "Before", "Vorher";
    mine: "Yours", "Ihre";
    theirs: "Theirs", "Andere";
    keep_both: "Both", "Beide";
    take_theirs: "Drop mine, take theirs", "Meine verwerfen";
    keep_mine: "Keep mine", "Meine behalten";
    // history
    history_of: "History of “{}”", "Verlauf von „{}“";
    autosave: "Autosave", "Automatisch";
    restored: "Restored", "Wiederhergestellt";
    working_copy: "As it is now", "Jetziger Stand";
    on_the_site: "on the site", "auf der Website";
    restore_this: "Restore this one", "Diese wiederherstellen";
    restore_note: "Restoring makes a new revision; nothing is lost.", "Das Wiederherstellen macht eine neue Fassung; nichts geht verloren.";
    no_difference: "There is no difference.", "Es gibt keinen Unterschied.";
    same_lines: "{} lines are the same", "{} Zeilen sind gleich";
    older: "Older", "Älter";
    newer: "Newer", "Neuer";
    revision: "Revision {}", "Fassung {}";
    back_to_entry: "Back to the entry", "Zurück zum Eintrag";
    // media
    upload: "Upload", "Hochladen";
    drop_here: "Drop files here, paste them, or choose them.", "Dateien hierher ziehen, einfügen oder auswählen.";
    choose_files: "Choose files", "Dateien auswählen";
    replace_file: "Replace file", "Datei ersetzen";
    uploading: "Uploading {}", "{} wird hochgeladen";
    processing: "Sizes are made", "Größen werden gemacht";
    refused: "Cannot be taken", "Nicht annehmbar";
    no_media: "No pictures yet", "Noch keine Bilder";
    alt: "Description for people who cannot see it", "Beschreibung für alle, die es nicht sehen";
    alt_missing: "No description", "Keine Beschreibung";
    used_in: "Used in", "Verwendet in";
    not_used: "It is used nowhere.", "Nirgends verwendet.";
    delete: "Delete", "Löschen";
    delete_media_text: "“{}” is deleted for good.", "„{}“ wird endgültig gelöscht.";
    use_published: "published", "veröffentlicht";
    use_draft: "draft", "Entwurf";
    use_revision: "older revision", "ältere Fassung";
    name: "Name", "Name";
    file_details: "{}, {}", "{}, {}";
    upload_failed: "{} could not be uploaded.", "{} ließ sich nicht hochladen.";
    // activity
    sign_ins: "Sign-ins", "Anmeldungen";
    who: "Who", "Wer";
    what: "What", "Was";
    when: "When", "Wann";
    action: "Action", "Vorgang";
    all_activity_of: "All activity: {}", "Alle Aktivität: {}";
    no_activity: "Nothing has happened yet", "Noch ist nichts geschehen";
    email: "Email", "E-Mail";
    // site and sections
    sections: "Sections", "Bereiche";
    sections_text: "A section is a part of the address. Who may read it is decided by the gate’s routes, and told here.", "Ein Bereich ist ein Teil der Adresse. Wer ihn lesen darf, entscheiden die Routen des Tors; hier steht es.";
    new_section: "New section", "Neuer Bereich";
    path: "Path", "Pfad";
    path_help: "Begins and ends with a slash, such as /news/.", "Beginnt und endet mit einem Schrägstrich, etwa /news/.";
    listed: "Lists its entries", "Listet seine Einträge";
    feed: "Has a feed", "Hat einen Feed";
    page_size: "Entries on a page", "Einträge pro Seite";
    order_newest: "Newest first", "Neueste zuerst";
    order_manual: "By hand", "Von Hand";
    order_title: "By title", "Nach Titel";
    listing_order: "Order", "Reihenfolge";
    entries_count: "{} entries", "{} Einträge";
    edit: "Change", "Ändern";
    delete_section_text: "“{}” is deleted. Only an empty section can be.", "„{}“ wird gelöscht. Das geht nur, wenn er leer ist.";
    settings: "Settings", "Einstellungen";
    site_title: "Name of the site", "Name der Website";
    tagline: "Tagline", "Untertitel";
    accent: "Accent colour", "Akzentfarbe";
    footer: "Footer (markdown)", "Fußzeile (Markdown)";
    navigation: "Navigation", "Navigation";
    navigation_text: "Drag a row, or move it with its arrows.", "Ziehen Sie eine Zeile, oder verschieben Sie sie mit den Pfeilen.";
    leads_to: "Leads to", "Führt zu";
    add_link: "Add a link", "Link hinzufügen";
    move_up: "Move {} up", "{} nach oben";
    move_down: "Move {} down", "{} nach unten";
    moved_to: "{} is now number {}.", "{} ist jetzt Nummer {}.";
    remove_named: "Remove {}", "{} entfernen";
    logo: "Logo", "Logo";
    // profile
    about_you: "You", "Sie";
    your_name: "Your name", "Ihr Name";
    username: "User name", "Benutzername";
    groups: "Groups", "Gruppen";
    role: "Role", "Rolle";
    no_groups: "none", "keine";
    last_sign_in: "Last sign-in", "Letzte Anmeldung";
    session_since: "Signed in since", "Angemeldet seit";
    session_ends: "Session ends", "Sitzung endet";
    session_renews: "While you use this page, the session renews itself.", "Solange Sie diese Seite benutzen, erneuert sich die Sitzung von selbst.";
    appearance: "Appearance", "Darstellung";
    theme: "Theme", "Farben";
    theme_system: "As the system", "Wie das System";
    theme_light: "Light", "Hell";
    theme_dark: "Dark", "Dunkel";
    interface_language: "Language of the desk", "Sprache des Schreibtischs";
    use_shortcuts: "Use keyboard shortcuts", "Tastenkürzel benutzen";
    your_permissions: "What you may do", "Was Sie dürfen";
    // palette and shortcuts
    palette_hint: "Type a title or a place", "Titel oder Ort eingeben";
    shortcut_save: "Save", "Speichern";
    shortcut_palette: "Go anywhere", "Überallhin";
    shortcut_help: "This list", "Diese Liste";
    shortcut_bold: "Bold, italic, link (while writing)", "Fett, kursiv, Link (beim Schreiben)";
    shortcut_publish: "Publish", "Veröffentlichen";
    no_results: "Nothing found", "Nichts gefunden";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_go_where_they_belong() {
        assert_eq!(fill("{} of {}", &[&1, &"two"]), "1 of two");
        assert_eq!(fill("none", &[&1]), "none");
        assert_eq!(fill("{}{}", &[&1]), "1");
    }

    #[test]
    fn every_text_takes_the_same_in_each_language() {
        for (english, german) in PAIRS {
            assert_eq!(english.matches("{}").count(), german.matches("{}").count(), "{english:?}");
            assert!(!english.is_empty() && !german.is_empty());
        }
    }
}
