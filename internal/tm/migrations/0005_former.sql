-- Hashes of what was joined into a unit, by which an import of the same again
-- finds it.
CREATE TABLE former (
  hash INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE,
  PRIMARY KEY (hash, unit)
) WITHOUT ROWID;
CREATE INDEX former_unit ON former(unit);
