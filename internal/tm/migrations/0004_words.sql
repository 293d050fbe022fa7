-- The search index is blocks of our own: smaller, quicker to make, and the
-- home of the keys of exact lookup too. Segments are written once and merged;
-- a block is numbered by its segment times 2^32 plus its place in it.
DROP TABLE search;
DROP VIEW variant_words;
DROP INDEX variant_hash;
ALTER TABLE variant DROP COLUMN hash;

CREATE TABLE word_segment (
  id       INTEGER PRIMARY KEY,
  postings INTEGER NOT NULL,
  last     INTEGER NOT NULL
);

-- Which term of which variant each block begins with.
CREATE TABLE word_start (
  segment INTEGER NOT NULL,
  term    BLOB NOT NULL,
  variant INTEGER NOT NULL,
  block   INTEGER NOT NULL,
  PRIMARY KEY (segment, term, variant)
) WITHOUT ROWID;

CREATE TABLE word_block (id INTEGER PRIMARY KEY, data BLOB NOT NULL);

-- What segments under that number say of a variant holds no longer.
CREATE TABLE word_gone (variant INTEGER PRIMARY KEY, segment INTEGER NOT NULL);

-- Frequent strings of a language, by which the folded texts in the blocks of
-- lookup are written shorter.
CREATE TABLE codebook (id INTEGER PRIMARY KEY, language INTEGER NOT NULL, data BLOB NOT NULL);
CREATE INDEX codebook_language ON codebook(language);

DELETE FROM block;
DELETE FROM block_data;
UPDATE meta SET value = -1 WHERE key = 'fold' AND EXISTS (SELECT 1 FROM unit);
