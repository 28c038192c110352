//! One suite for both databases: what the store promises, SQLite and PostgreSQL keep alike.
//!
//! Every case is a test on SQLite. On PostgreSQL all of them are one test, because a cluster is started for them; each has
//! a database of its own there. A last test gives both databases the same work and compares what they answer.

mod addresses;
mod alike;
mod catalogue;
mod cluster;
mod desk;
mod entries;
mod fixture;
mod lists;
mod media;
mod planned;
mod publications;
mod revisions;
mod search;
mod sections;
mod signed_in;
mod writers;

use std::future::Future;
use std::pin::Pin;

use fixture::Fixture;

type Case = fn(Fixture) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// Each case a test on SQLite, and all of them in a table.
macro_rules! cases {
    ($($module:ident: $($case:ident),+ $(,)?;)+) => {
        const CASES: &[(&str, Case)] = &[
            $($((concat!(stringify!($module), "::", stringify!($case)), |fixture| Box::pin($module::$case(fixture))),)+)+
        ];

        #[cfg(test)]
        mod on_sqlite {
            $(mod $module { $(
                #[tokio::test]
                async fn $case() {
                    crate::conformance::$module::$case(crate::conformance::Fixture::sqlite().await).await;
                }
            )+ })+
        }
    };
}

cases! {
    entries:
        a_title_is_enough, a_slug_that_was_named_is_refused_where_it_is_taken, wrong_sections_and_slugs_are_told,
        states_follow_from_what_was_done, imported_entries_keep_their_dates_and_are_there_once,
        any_text_comes_back_as_it_was, the_trash_does_not_hold_slugs, what_is_deleted_is_gone;
    revisions:
        autosaves_of_one_author_are_one_revision, a_save_makes_a_revision_and_nothing_joins_it,
        scenario_13_a_stale_version_is_told_with_what_is_there, what_changes_nothing_is_no_write, a_revision_can_be_restored;
    lists:
        pages_of_every_order_have_every_entry_once, filters_and_totals_agree, cursors_belong_to_their_list,
        texts_are_in_order_without_case_and_addresses_byte_by_byte, tags_are_counted_without_the_trash;
    search:
        words_in_titles_come_first, the_last_word_may_be_a_beginning, many_hits_are_walked_and_few_are_sorted,
        readers_find_what_is_published_in_their_sections;
    publications:
        publishing_freezes_a_revision_and_queues_a_release, unpublishing_takes_everything_away,
        two_entries_cannot_be_published_at_one_address, scenario_09_times_that_have_come_are_due, the_trash_takes_off_the_site;
    addresses:
        a_changed_slug_leaves_a_redirect, redirects_there_and_back_do_not_loop, a_living_slug_wins,
        made_redirects_are_flattened;
    sections:
        paths_of_sections_are_their_own, a_section_with_entries_stays, settings_of_the_site_have_versions;
    media:
        an_item_goes_its_way, an_upload_is_taken_back_by_who_began_it_as_long_as_nothing_came, what_is_used_is_not_deleted,
        another_file_takes_the_place_of_a_files_once_it_is_there, names_are_found_whatever_their_case;
    desk:
        who_is_there_is_known_for_ten_seconds, keys_are_kept_for_a_day, people_are_called_what_they_say,
        what_was_done_is_told_newest_first;
    catalogue:
        a_lease_has_one_holder, releases_go_from_queued_to_live, a_batch_that_was_left_is_taken_up_again,
        failures_can_be_tried_again, a_later_release_ends_an_earlier_one, the_ledger_says_what_stands,
        lists_are_cut_by_rank, pages_that_link_are_known;
    writers:
        one_of_many_writers_of_a_version_wins, nobody_who_writes_at_once_is_lost,
        an_address_is_taken_once_by_many_at_once, migrating_at_once_is_migrating_once,
        a_database_without_tables_is_told;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_case_on_postgres() {
    let cluster = cluster::Cluster::start().await;
    let mut failed = Vec::new();
    for (name, case) in CASES {
        // Every other case goes as if a pooler were in between.
        let pooled = failed.len() + name.len();
        let fixture = cluster.fixture(pooled % 2 == 0).await;
        if tokio::spawn(case(fixture)).await.is_err() {
            failed.push(*name);
        }
    }
    cluster.stop();
    assert!(failed.is_empty(), "on PostgreSQL: {failed:?}");
}
