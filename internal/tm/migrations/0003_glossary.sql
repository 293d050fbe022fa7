-- An entry of the glossary, and the terms that name it.
CREATE TABLE concept (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  subject    TEXT NOT NULL,
  definition TEXT NOT NULL,
  note       TEXT NOT NULL,
  source     TEXT NOT NULL,
  created    TEXT NOT NULL,
  modified   TEXT NOT NULL
);

CREATE TABLE term (
  concept INTEGER NOT NULL REFERENCES concept(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  lang    TEXT NOT NULL,
  text    TEXT NOT NULL,
  status  TEXT NOT NULL,
  pos     TEXT NOT NULL,
  note    TEXT NOT NULL,
  source  TEXT NOT NULL,
  date    TEXT NOT NULL,
  PRIMARY KEY (concept, ordinal)
) WITHOUT ROWID;
