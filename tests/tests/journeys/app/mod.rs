//! Journeys through the editing app, by the number of the criterion that each holds it to.

mod c01_session_over;
mod c02_crash;
mod c03_autosave;
mod c04_conflict;
mod c05_publish;
mod c06_roles;
mod c07_list;
mod c08_preview;
mod c09_strict_policy;
mod c10_accessible;
mod c12_blocks;
mod c13_revisions;
mod c14_media;
mod c15_schedule;
mod c16_leaving;
mod c17_address;
mod c18_activity;
mod c19_shortcuts;
mod c20_german_and_dark;
mod c21_trash;
mod c22_members_picture;
mod c23_presence;
mod c24_offline;
mod c25_paste;
mod pictures;
mod stage;
