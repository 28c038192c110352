-- Texts that are times are RFC 3339 in UTC with milliseconds and sort as times do. Flags are 0 or 1. Lists are JSON.

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  username TEXT NOT NULL,
  name TEXT NOT NULL,
  chosen INTEGER NOT NULL
);

CREATE TABLE sections (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  listed INTEGER NOT NULL,
  ordering TEXT NOT NULL,
  feed INTEGER NOT NULL,
  page_size INTEGER NOT NULL
);

CREATE TABLE site (
  id INTEGER PRIMARY KEY,
  settings TEXT NOT NULL,
  version INTEGER NOT NULL
);

-- The working copy. The body is last, so that lists do not read it.
CREATE TABLE entries (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  section TEXT NOT NULL REFERENCES sections (path),
  slug TEXT NOT NULL,
  path TEXT NOT NULL,
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,
  summary TEXT NOT NULL,
  tags TEXT NOT NULL,
  cover TEXT,
  author TEXT NOT NULL REFERENCES people (id),
  language TEXT NOT NULL,
  search_title TEXT NOT NULL,
  search_description TEXT NOT NULL,
  no_index INTEGER NOT NULL,
  position INTEGER NOT NULL,
  review INTEGER NOT NULL,
  -- Follows from the other columns; a column of its own so that lists of one state have an index.
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  -- When it was first published; empty before that, so that it sorts.
  published_key TEXT NOT NULL,
  published_revision INTEGER,
  publish_at TEXT,
  unpublish_at TEXT,
  scheduled_by TEXT REFERENCES people (id),
  fingerprint TEXT NOT NULL,
  published_fingerprint TEXT,
  revision INTEGER NOT NULL,
  -- Whose autosaves join the latest revision.
  revision_open_for TEXT,
  latest_release TEXT,
  source TEXT UNIQUE,
  publish_date TEXT,
  body TEXT NOT NULL
);

-- The trash does not hold addresses.
CREATE UNIQUE INDEX entries_path_taken ON entries (path) WHERE state <> 'trashed';
CREATE INDEX entries_updated ON entries (updated_at, id) WHERE state <> 'trashed';
CREATE INDEX entries_title ON entries (title_key, id) WHERE state <> 'trashed';
CREATE INDEX entries_published ON entries (published_key, id) WHERE state <> 'trashed';
CREATE INDEX entries_path ON entries (path, id) WHERE state <> 'trashed';
CREATE INDEX entries_state_updated ON entries (state, updated_at, id);
CREATE INDEX entries_state_title ON entries (state, title_key, id);
CREATE INDEX entries_state_published ON entries (state, published_key, id);
CREATE INDEX entries_state_path ON entries (state, path, id);
CREATE INDEX entries_section_updated ON entries (section, updated_at, id) WHERE state <> 'trashed';
CREATE INDEX entries_section_title ON entries (section, title_key, id) WHERE state <> 'trashed';
CREATE INDEX entries_section_published ON entries (section, published_key, id) WHERE state <> 'trashed';
CREATE INDEX entries_section_path ON entries (section, path, id) WHERE state <> 'trashed';
CREATE INDEX entries_author_updated ON entries (author, updated_at, id) WHERE state <> 'trashed';
CREATE INDEX entries_review ON entries (updated_at, id) WHERE review = 1 AND state <> 'trashed';
CREATE INDEX entries_publish_at ON entries (publish_at, id) WHERE publish_at IS NOT NULL;
CREATE INDEX entries_unpublish_at ON entries (unpublish_at, id) WHERE unpublish_at IS NOT NULL;

CREATE TABLE entry_counts (
  section TEXT NOT NULL,
  state TEXT NOT NULL,
  entries INTEGER NOT NULL,
  PRIMARY KEY (section, state)
);

CREATE TABLE entry_tags (
  entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (tag, entry_id)
) WITHOUT ROWID;
CREATE INDEX entry_tags_entry ON entry_tags (entry_id, tag);

CREATE TABLE tags (
  tag TEXT PRIMARY KEY,
  entries INTEGER NOT NULL
);
CREATE INDEX tags_entries ON tags (entries DESC, tag);

CREATE TABLE revisions (
  entry_id TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  author TEXT NOT NULL REFERENCES people (id),
  created_at TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (entry_id, number)
);

-- What texts refer to: on published pages, in working copies, in older revisions.
CREATE TABLE entry_references (
  entry_id TEXT NOT NULL,
  place TEXT NOT NULL,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  PRIMARY KEY (entry_id, place, kind, target)
) WITHOUT ROWID;
CREATE INDEX entry_references_target ON entry_references (kind, target, place, entry_id);

-- One publication each, until it is live: an outbox.
CREATE TABLE releases (
  id TEXT PRIMARY KEY,
  entry_id TEXT,
  revision INTEGER,
  action TEXT NOT NULL,
  state TEXT NOT NULL,
  steps TEXT NOT NULL,
  problem TEXT,
  standing_before TEXT,
  batch TEXT,
  failed_batch TEXT
);
CREATE INDEX releases_open ON releases (state, id) WHERE state <> 'live';
CREATE INDEX releases_batch ON releases (batch, id) WHERE batch IS NOT NULL;
CREATE INDEX releases_entry ON releases (entry_id, id) WHERE state <> 'live';

CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  attempt INTEGER NOT NULL,
  state TEXT NOT NULL,
  since TEXT NOT NULL,
  paths TEXT NOT NULL
);
CREATE INDEX batches_open ON batches (state, id) WHERE state <> 'done';

-- The content of published revisions, as pages, lists, feeds and the sitemap show it.
CREATE TABLE published (
  seq INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  release_id TEXT NOT NULL,
  section TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  front INTEGER NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  tags TEXT NOT NULL,
  cover TEXT,
  author TEXT NOT NULL REFERENCES people (id),
  language TEXT NOT NULL,
  search_title TEXT NOT NULL,
  search_description TEXT NOT NULL,
  no_index INTEGER NOT NULL,
  position INTEGER NOT NULL,
  published_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  plain TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX published_newest ON published (section, published_at, entry_id) WHERE front = 0;
CREATE INDEX published_position ON published (section, position, entry_id) WHERE front = 0;
CREATE INDEX published_title ON published (section, title, entry_id) WHERE front = 0;
CREATE INDEX published_at ON published (published_at, entry_id);
CREATE INDEX published_sitemap ON published (published_at, entry_id, section, path, updated_at) WHERE no_index = 0;

CREATE TABLE published_tags (
  section TEXT NOT NULL,
  tag TEXT NOT NULL,
  published_at TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  PRIMARY KEY (section, tag, published_at, entry_id)
) WITHOUT ROWID;
CREATE INDEX published_tags_entry ON published_tags (entry_id);

CREATE TABLE published_counts (
  section TEXT NOT NULL,
  tag TEXT NOT NULL,
  entries INTEGER NOT NULL,
  PRIMARY KEY (section, tag)
);
CREATE INDEX published_counts_most ON published_counts (section, entries DESC, tag);

CREATE TABLE redirects (
  from_path TEXT PRIMARY KEY,
  entry_id TEXT,
  to_path TEXT,
  created_at TEXT NOT NULL
);
CREATE INDEX redirects_entry ON redirects (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX redirects_to ON redirects (to_path) WHERE to_path IS NOT NULL;

-- What stands in the bucket, so that equal bytes are not put.
CREATE TABLE objects (
  key TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  batch TEXT NOT NULL
);
CREATE INDEX objects_batch ON objects (batch, key);

CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  until TEXT NOT NULL
);

CREATE TABLE activity (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL REFERENCES people (id),
  action TEXT NOT NULL,
  entry_id TEXT,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX activity_entry ON activity (entry_id, id) WHERE entry_id IS NOT NULL;

CREATE TABLE presence (
  entry_id TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES people (id),
  since TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (entry_id, person)
);

CREATE TABLE idempotency (
  person TEXT NOT NULL,
  key TEXT NOT NULL,
  request TEXT NOT NULL,
  answer TEXT,
  at TEXT NOT NULL,
  PRIMARY KEY (person, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE media (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size INTEGER NOT NULL,
  section TEXT NOT NULL REFERENCES sections (path),
  alt TEXT NOT NULL,
  state TEXT NOT NULL,
  problem TEXT,
  width INTEGER,
  height INTEGER,
  thumbhash TEXT,
  renditions TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES people (id),
  -- The words of name and description, each with a space before it.
  words TEXT NOT NULL
);
CREATE INDEX media_section ON media (section, id);
CREATE INDEX media_in_work ON media (state, id) WHERE state IN ('uploading', 'processing');

-- Words as the backend cuts them (domain/words.rs), which no tokenizer changes.
CREATE VIRTUAL TABLE entry_words USING fts5 (
  title, words, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'column'
);
CREATE VIRTUAL TABLE published_words USING fts5 (
  title, words, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'column'
);

INSERT INTO sections VALUES ('00000000-0000-7000-8000-000000000001', '/', 'Home', 0, 'newest', 0, 20);
INSERT INTO site VALUES (1, '{"title":"A new site","tagline":"","language":"en","navigation":[],"logo":null,"accent":"#0b57d0","footer":"","version":1}', 1);
