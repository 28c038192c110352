-- A media item's files are counted: another file takes the place of the one before.
ALTER TABLE media ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- What is to take its place: the number counts on even where one was given up; the rest is null where none is awaited.
ALTER TABLE media ADD COLUMN next_version BIGINT;
ALTER TABLE media ADD COLUMN next_name TEXT COLLATE "C";
ALTER TABLE media ADD COLUMN next_state TEXT COLLATE "C";
ALTER TABLE media ADD COLUMN next_problem TEXT COLLATE "C";
ALTER TABLE media ADD COLUMN next_at TEXT COLLATE "C";
CREATE INDEX media_next_in_work ON media (next_state, id) WHERE next_state IN ('uploading', 'processing');

-- Files on the site that are removed by a release, because their media item has others or is gone.
CREATE TABLE discarded_files (
  path TEXT COLLATE "C" PRIMARY KEY,
  release_id TEXT COLLATE "C" NOT NULL REFERENCES releases (id)
);
