//! How PostgreSQL finds what it is asked for, before anybody has counted what is there.

use std::sync::Arc;

use backend::store::{EntryFilter, EntrySort, Store};
use sqlx::{Connection, PgConnection};

use crate::conformance::cluster::Cluster;
use crate::conformance::fixture::ambient;

/// The words of many entries, as an import leaves them: more than the planner expects of a table that nobody has analyzed.
const IMPORTED: &str = "
    ALTER TABLE entry_words SET (autovacuum_enabled = false);
    INSERT INTO entry_words
    SELECT 'e' || n, array_to_tsvector(ARRAY['entry', n::text]),
           array_to_tsvector(ARRAY['entry', n::text, 'river', 'w' || n, 'x' || n % 50] || filler)
    FROM generate_series(1, 50000) n, (SELECT array_agg('v' || k) AS filler FROM generate_series(1, 30) k) of
";

#[tokio::test]
async fn no_search_reads_a_table_of_words_whole() {
    let cluster = Cluster::start().await;
    let url = cluster.url("migrated");
    let mut connection = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(IMPORTED).execute(&mut connection).await.unwrap();
    // What made the indexes has read the whole table.
    sqlx::query("SELECT pg_stat_reset()").execute(&mut connection).await.unwrap();
    let store = Store::open(&format!("{url}&connections=1"), ambient(&Arc::default())).await.unwrap();
    for words in ["w12345", "entry", "river", "x7", "nowhere", "entry 17"] {
        let filter = EntryFilter { q: Some(words.to_owned()), ..EntryFilter::default() };
        store.entries(&filter, EntrySort::Updated, None, 50).await.unwrap();
        store.search(words, &["/".to_owned()], None, 20).await.unwrap();
    }
    // What a connection has counted is seen when it is gone.
    store.close().await;
    let sql = "SELECT seq_scan, idx_scan FROM pg_stat_user_tables WHERE relname = 'entry_words'";
    let (whole, by_index): (i64, i64) = sqlx::query_as(sql).fetch_one(&mut connection).await.unwrap();
    assert_eq!(whole, 0);
    assert!(by_index > 0);
    connection.close().await.unwrap();
    cluster.stop();
}
