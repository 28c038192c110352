//! Roles and permissions: one table, by which the API refuses and the app explains.

/// Something that a role may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See entries, sections, tags and media in the editing app.
    EntriesRead,
    /// Begin an entry.
    EntriesCreate,
    /// Change one's own entries that are not published, ask for their review, and put them into the trash.
    EntriesEditOwn,
    /// Change every entry.
    EntriesEdit,
    /// Publish, unpublish and schedule.
    EntriesPublish,
    /// Put every entry into the trash and take it out.
    EntriesTrash,
    /// Delete an entry for good.
    EntriesDeleteForever,
    /// Upload and describe media.
    MediaUpload,
    /// Delete media.
    MediaDelete,
    /// Change the site's settings.
    SiteEdit,
    /// Make, change and delete sections.
    SectionsEdit,
    /// Read the audit log.
    ActivityRead,
    /// Read who signed in.
    SignInsRead,
}

use Permission::{
    ActivityRead, EntriesCreate, EntriesDeleteForever, EntriesEdit, EntriesEditOwn, EntriesPublish,
    EntriesRead, EntriesTrash, MediaDelete, MediaUpload, SectionsEdit, SignInsRead, SiteEdit,
};

impl Permission {
    /// All of them.
    pub const ALL: [Permission; 13] = [
        EntriesRead,
        EntriesCreate,
        EntriesEditOwn,
        EntriesEdit,
        EntriesPublish,
        EntriesTrash,
        EntriesDeleteForever,
        MediaUpload,
        MediaDelete,
        SiteEdit,
        SectionsEdit,
        ActivityRead,
        SignInsRead,
    ];

    /// Its name in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            EntriesRead => "entries.read",
            EntriesCreate => "entries.create",
            EntriesEditOwn => "entries.edit-own",
            EntriesEdit => "entries.edit",
            EntriesPublish => "entries.publish",
            EntriesTrash => "entries.trash",
            EntriesDeleteForever => "entries.delete-forever",
            MediaUpload => "media.upload",
            MediaDelete => "media.delete",
            SiteEdit => "site.edit",
            SectionsEdit => "sections.edit",
            ActivityRead => "activity.read",
            SignInsRead => "sign-ins.read",
        }
    }

    /// The least role that has it.
    #[must_use]
    pub fn least_role(self) -> Role {
        match self {
            EntriesRead | EntriesCreate | EntriesEditOwn | MediaUpload => Role::Author,
            EntriesEdit | EntriesPublish | EntriesTrash | MediaDelete => Role::Editor,
            EntriesDeleteForever | SiteEdit | SectionsEdit | ActivityRead | SignInsRead => Role::Admin,
        }
    }
}

/// What a person is to the CMS. Each role may what the ones before it may.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads the site.
    #[default]
    Reader,
    /// Writes drafts of their own and asks for their review.
    Author,
    /// Writes and publishes everything.
    Editor,
    /// Looks after site, sections, the trash and the audit log, too.
    Admin,
}

impl Role {
    /// Its name in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Author => "author",
            Role::Editor => "editor",
            Role::Admin => "admin",
        }
    }

    /// Whether it has a permission.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        self >= permission.least_role()
    }

    /// Whether it may change an entry that is one's own or not, published or not.
    #[must_use]
    pub fn may_edit(self, own: bool, published: bool) -> bool {
        self.may(EntriesEdit) || (own && !published && self.may(EntriesEditOwn))
    }

    /// The names of its permissions.
    #[must_use]
    pub fn permissions(self) -> Vec<&'static str> {
        let held = Permission::ALL.into_iter().filter(|permission| self.may(*permission));
        held.map(Permission::name).collect()
    }
}

/// The groups of the user pool that give the roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleGroups {
    /// Its members are authors.
    pub authors: String,
    /// Its members are editors.
    pub editors: String,
    /// Its members are admins.
    pub admins: String,
}

impl Default for RoleGroups {
    fn default() -> Self {
        RoleGroups {
            authors: "authors".to_owned(),
            editors: "editors".to_owned(),
            admins: "admins".to_owned(),
        }
    }
}

impl RoleGroups {
    /// The highest role that these groups give. Names compare exactly.
    #[must_use]
    pub fn role<'g>(&self, groups: impl IntoIterator<Item = &'g str>) -> Role {
        let of = |group: &str| match group {
            group if group == self.admins => Role::Admin,
            group if group == self.editors => Role::Editor,
            group if group == self.authors => Role::Author,
            _ => Role::Reader,
        };
        groups.into_iter().map(of).max().unwrap_or_default()
    }

    /// The groups whose members have a permission, for a refusal that says what is missing.
    #[must_use]
    pub fn holders(&self, permission: Permission) -> Vec<&str> {
        let roles =
            [(Role::Author, &self.authors), (Role::Editor, &self.editors), (Role::Admin, &self.admins)];
        let holders = roles.into_iter().filter(|(role, _)| role.may(permission));
        holders.map(|(_, group)| group.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_what_the_one_before_may() {
        let counts =
            [Role::Reader, Role::Author, Role::Editor, Role::Admin].map(|role| role.permissions().len());
        assert_eq!(counts, [0, 4, 8, 13]);
    }

    #[test]
    fn the_highest_group_counts() {
        let groups = RoleGroups::default();
        assert_eq!(groups.role(["authors", "editors"]), Role::Editor);
        assert_eq!(groups.role(["Editors", "editor"]), Role::Reader);
        assert_eq!(groups.role([]), Role::Reader);
        assert_eq!(groups.holders(EntriesPublish), ["editors", "admins"]);
    }

    #[test]
    fn an_author_changes_what_is_their_own_and_not_published() {
        let may = |role: Role| {
            [(true, false), (true, true), (false, false)].map(|(own, out)| role.may_edit(own, out))
        };
        assert_eq!(may(Role::Author), [true, false, false]);
        assert_eq!(may(Role::Editor), [true; 3]);
        assert_eq!(may(Role::Reader), [false; 3]);
    }
}
