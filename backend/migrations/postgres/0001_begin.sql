-- Texts compare byte by byte ("C"), as they do in SQLite.
-- Texts that are times are RFC 3339 in UTC with milliseconds and sort as times do. Flags are 0 or 1. Lists are JSON.

CREATE TABLE people (
  id TEXT COLLATE "C" PRIMARY KEY,
  username TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  chosen BIGINT NOT NULL
);

CREATE TABLE sections (
  id TEXT COLLATE "C" PRIMARY KEY,
  path TEXT COLLATE "C" NOT NULL UNIQUE,
  title TEXT COLLATE "C" NOT NULL,
  listed BIGINT NOT NULL,
  ordering TEXT COLLATE "C" NOT NULL,
  feed BIGINT NOT NULL,
  page_size BIGINT NOT NULL
);

CREATE TABLE site (
  id BIGINT PRIMARY KEY,
  settings TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL
);

-- The working copy. The body is last, so that lists do not read it.
CREATE TABLE entries (
  id TEXT COLLATE "C" PRIMARY KEY,
  section TEXT COLLATE "C" NOT NULL REFERENCES sections (path),
  slug TEXT COLLATE "C" NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  title_key TEXT COLLATE "C" NOT NULL,
  summary TEXT COLLATE "C" NOT NULL,
  tags TEXT COLLATE "C" NOT NULL,
  cover TEXT COLLATE "C",
  author TEXT COLLATE "C" NOT NULL REFERENCES people (id),
  language TEXT COLLATE "C" NOT NULL,
  search_title TEXT COLLATE "C" NOT NULL,
  search_description TEXT COLLATE "C" NOT NULL,
  no_index BIGINT NOT NULL,
  position BIGINT NOT NULL,
  review BIGINT NOT NULL,
  -- Follows from the other columns; a column of its own so that lists of one state have an index.
  state TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  -- When it was first published; empty before that, so that it sorts.
  published_key TEXT COLLATE "C" NOT NULL,
  published_revision BIGINT,
  publish_at TEXT COLLATE "C",
  unpublish_at TEXT COLLATE "C",
  scheduled_by TEXT COLLATE "C" REFERENCES people (id),
  fingerprint TEXT COLLATE "C" NOT NULL,
  published_fingerprint TEXT COLLATE "C",
  revision BIGINT NOT NULL,
  -- Whose autosaves join the latest revision.
  revision_open_for TEXT COLLATE "C",
  latest_release TEXT COLLATE "C",
  source TEXT COLLATE "C" UNIQUE,
  publish_date TEXT COLLATE "C",
  body TEXT COLLATE "C" NOT NULL
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
  section TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  entries BIGINT NOT NULL,
  PRIMARY KEY (section, state)
);

CREATE TABLE entry_tags (
  entry_id TEXT COLLATE "C" NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  tag TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tag, entry_id)
);
CREATE INDEX entry_tags_entry ON entry_tags (entry_id, tag);

CREATE TABLE tags (
  tag TEXT COLLATE "C" PRIMARY KEY,
  entries BIGINT NOT NULL
);
CREATE INDEX tags_entries ON tags (entries DESC, tag);

CREATE TABLE revisions (
  entry_id TEXT COLLATE "C" NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  author TEXT COLLATE "C" NOT NULL REFERENCES people (id),
  created_at TEXT COLLATE "C" NOT NULL,
  content TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (entry_id, number)
);

-- What texts refer to: on published pages, in working copies, in older revisions.
CREATE TABLE entry_references (
  entry_id TEXT COLLATE "C" NOT NULL,
  place TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  target TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (entry_id, place, kind, target)
);
CREATE INDEX entry_references_target ON entry_references (kind, target, place, entry_id);

-- One publication each, until it is live: an outbox.
CREATE TABLE releases (
  id TEXT COLLATE "C" PRIMARY KEY,
  entry_id TEXT COLLATE "C",
  revision BIGINT,
  action TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  steps TEXT COLLATE "C" NOT NULL,
  problem TEXT COLLATE "C",
  standing_before TEXT COLLATE "C",
  batch TEXT COLLATE "C",
  failed_batch TEXT COLLATE "C"
);
CREATE INDEX releases_open ON releases (state, id) WHERE state <> 'live';
CREATE INDEX releases_batch ON releases (batch, id) WHERE batch IS NOT NULL;
CREATE INDEX releases_entry ON releases (entry_id, id) WHERE state <> 'live';

CREATE TABLE batches (
  id TEXT COLLATE "C" PRIMARY KEY,
  attempt BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  since TEXT COLLATE "C" NOT NULL,
  paths TEXT COLLATE "C" NOT NULL
);
CREATE INDEX batches_open ON batches (state, id) WHERE state <> 'done';

-- The content of published revisions, as pages, lists, feeds and the sitemap show it.
CREATE TABLE published (
  entry_id TEXT COLLATE "C" PRIMARY KEY,
  revision BIGINT NOT NULL,
  release_id TEXT COLLATE "C" NOT NULL,
  section TEXT COLLATE "C" NOT NULL,
  path TEXT COLLATE "C" NOT NULL UNIQUE,
  front BIGINT NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  summary TEXT COLLATE "C" NOT NULL,
  tags TEXT COLLATE "C" NOT NULL,
  cover TEXT COLLATE "C",
  author TEXT COLLATE "C" NOT NULL REFERENCES people (id),
  language TEXT COLLATE "C" NOT NULL,
  search_title TEXT COLLATE "C" NOT NULL,
  search_description TEXT COLLATE "C" NOT NULL,
  no_index BIGINT NOT NULL,
  position BIGINT NOT NULL,
  published_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  plain TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL
);
CREATE INDEX published_newest ON published (section, published_at, entry_id) WHERE front = 0;
CREATE INDEX published_position ON published (section, position, entry_id) WHERE front = 0;
CREATE INDEX published_title ON published (section, title, entry_id) WHERE front = 0;
CREATE INDEX published_at ON published (published_at, entry_id);
CREATE INDEX published_sitemap ON published (published_at, entry_id, section, path, updated_at) WHERE no_index = 0;

CREATE TABLE published_tags (
  section TEXT COLLATE "C" NOT NULL,
  tag TEXT COLLATE "C" NOT NULL,
  published_at TEXT COLLATE "C" NOT NULL,
  entry_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (section, tag, published_at, entry_id)
);
CREATE INDEX published_tags_entry ON published_tags (entry_id);

CREATE TABLE published_counts (
  section TEXT COLLATE "C" NOT NULL,
  tag TEXT COLLATE "C" NOT NULL,
  entries BIGINT NOT NULL,
  PRIMARY KEY (section, tag)
);
CREATE INDEX published_counts_most ON published_counts (section, entries DESC, tag);

CREATE TABLE redirects (
  from_path TEXT COLLATE "C" PRIMARY KEY,
  entry_id TEXT COLLATE "C",
  to_path TEXT COLLATE "C",
  created_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX redirects_entry ON redirects (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX redirects_to ON redirects (to_path) WHERE to_path IS NOT NULL;

-- What stands in the bucket, so that equal bytes are not put.
CREATE TABLE objects (
  key TEXT COLLATE "C" PRIMARY KEY,
  fingerprint TEXT COLLATE "C" NOT NULL,
  batch TEXT COLLATE "C" NOT NULL
);
CREATE INDEX objects_batch ON objects (batch, key);

CREATE TABLE leases (
  name TEXT COLLATE "C" PRIMARY KEY,
  owner TEXT COLLATE "C" NOT NULL,
  until TEXT COLLATE "C" NOT NULL
);

CREATE TABLE activity (
  id TEXT COLLATE "C" PRIMARY KEY,
  at TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL REFERENCES people (id),
  action TEXT COLLATE "C" NOT NULL,
  entry_id TEXT COLLATE "C",
  subject TEXT COLLATE "C" NOT NULL,
  detail TEXT COLLATE "C" NOT NULL
);
CREATE INDEX activity_entry ON activity (entry_id, id) WHERE entry_id IS NOT NULL;

CREATE TABLE presence (
  entry_id TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL REFERENCES people (id),
  since TEXT COLLATE "C" NOT NULL,
  seen_at TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (entry_id, person)
);

CREATE TABLE idempotency (
  person TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  request TEXT COLLATE "C" NOT NULL,
  answer TEXT COLLATE "C",
  at TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (person, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE media (
  id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  size BIGINT NOT NULL,
  section TEXT COLLATE "C" NOT NULL REFERENCES sections (path),
  alt TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  problem TEXT COLLATE "C",
  width BIGINT,
  height BIGINT,
  thumbhash TEXT COLLATE "C",
  renditions TEXT COLLATE "C" NOT NULL,
  created_at TEXT COLLATE "C" NOT NULL,
  created_by TEXT COLLATE "C" NOT NULL REFERENCES people (id),
  -- The words of name and description, each with a space before it.
  words TEXT COLLATE "C" NOT NULL
);
CREATE INDEX media_section ON media (section, id);
CREATE INDEX media_in_work ON media (state, id) WHERE state IN ('uploading', 'processing');

-- Words as the backend cuts them (domain/words.rs), which no parser changes.
CREATE TABLE entry_words (
  entry_id TEXT COLLATE "C" PRIMARY KEY,
  title TSVECTOR NOT NULL,
  words TSVECTOR NOT NULL
);
CREATE INDEX entry_words_title ON entry_words USING gin (title);
CREATE INDEX entry_words_words ON entry_words USING gin (words);

CREATE TABLE published_words (
  entry_id TEXT COLLATE "C" PRIMARY KEY,
  title TSVECTOR NOT NULL,
  words TSVECTOR NOT NULL
);
CREATE INDEX published_words_title ON published_words USING gin (title);
CREATE INDEX published_words_words ON published_words USING gin (words);

INSERT INTO sections VALUES ('00000000-0000-7000-8000-000000000001', '/', 'Home', 0, 'newest', 0, 20);
INSERT INTO site VALUES (1, '{"title":"A new site","tagline":"","language":"en","navigation":[],"logo":null,"accent":"#0b57d0","footer":"","version":1}', 1);
