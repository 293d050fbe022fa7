-- What was said, once.
CREATE TABLE statement (
  id      INTEGER PRIMARY KEY,
  slug    TEXT NOT NULL UNIQUE,
  title   TEXT NOT NULL DEFAULT '',
  date    TEXT NOT NULL DEFAULT '',
  speaker TEXT NOT NULL DEFAULT ''
);

-- One text of a statement, as it was added.
CREATE TABLE version (
  id         INTEGER PRIMARY KEY,
  statement  INTEGER NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
  ordinal    INTEGER NOT NULL,
  lang       TEXT NOT NULL,
  label      TEXT NOT NULL,
  path       TEXT NOT NULL,
  title      TEXT NOT NULL,
  date       TEXT NOT NULL,
  speaker    TEXT NOT NULL,
  source     TEXT NOT NULL,
  translator TEXT NOT NULL,
  machine    INTEGER NOT NULL,
  lead       TEXT NOT NULL,
  hash       INTEGER NOT NULL,
  UNIQUE (statement, lang, label)
);

CREATE TABLE segment (
  version  INTEGER NOT NULL REFERENCES version(id) ON DELETE CASCADE,
  pos      INTEGER NOT NULL,
  text     TEXT NOT NULL,
  space    TEXT NOT NULL,
  block    INTEGER NOT NULL,
  kind     INTEGER NOT NULL,
  line     INTEGER NOT NULL,
  speaker  TEXT NOT NULL,
  question INTEGER NOT NULL,
  PRIMARY KEY (version, pos)
) WITHOUT ROWID;

-- A stored bead. Of a unit without a statement pos is -1.
CREATE TABLE unit (
  id        INTEGER PRIMARY KEY,
  statement INTEGER REFERENCES statement(id),
  pos       INTEGER NOT NULL,
  prob      REAL NOT NULL,
  status    INTEGER NOT NULL,
  hash      INTEGER NOT NULL,
  note      TEXT
);
CREATE INDEX unit_hash ON unit(hash);
CREATE INDEX unit_place ON unit(statement, pos) WHERE statement IS NOT NULL;

-- Where variants come from: what all variants of a version share.
CREATE TABLE origin (
  id         INTEGER PRIMARY KEY,
  lang       TEXT NOT NULL,
  label      TEXT NOT NULL,
  date       TEXT NOT NULL,
  source     TEXT NOT NULL,
  translator TEXT NOT NULL,
  machine    INTEGER NOT NULL,
  uses       INTEGER NOT NULL DEFAULT 0,
  UNIQUE (lang, label, date, source, translator, machine)
);

-- The text of a unit in one version: id is the unit's id times 256 plus the
-- variant's place in it, so that the variants of a unit lie together.
CREATE TABLE variant (
  id     INTEGER PRIMARY KEY,
  origin INTEGER NOT NULL,
  hash   INTEGER NOT NULL,
  text   TEXT NOT NULL
);
CREATE INDEX variant_hash ON variant(hash);

CREATE VIEW variant_words(id, words) AS SELECT id, sverka_words(text) FROM variant;

CREATE VIRTUAL TABLE search USING fts5(
  words, content='variant_words', content_rowid='id', columnsize=0,
  tokenize="ascii tokenchars '.''_'"
);
INSERT INTO search(search, rank) VALUES ('hashsize', 16777216);

-- The index of fuzzy lookup: folded texts of one language and nearly one
-- length, packed together. gen is the memory's generation in which the block
-- last changed.
CREATE TABLE block (
  id    INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,
  n     INTEGER NOT NULL,
  gen   INTEGER NOT NULL
);
CREATE TABLE block_data (id INTEGER PRIMARY KEY, data BLOB NOT NULL);

CREATE TABLE language (id INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE);

CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
