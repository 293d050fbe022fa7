-- What persons changed in the texts of units: who, when, from what to what.
-- was is the hash of the unit before, by which an import or an addition of the
-- text as it was finds the unit that has taken its place.
CREATE TABLE correction (
  id    INTEGER PRIMARY KEY,
  unit  INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE,
  lang  TEXT NOT NULL,
  label TEXT NOT NULL,
  old   TEXT NOT NULL,
  new   TEXT NOT NULL,
  by    TEXT NOT NULL,
  at    TEXT NOT NULL,
  why   TEXT NOT NULL,
  was   INTEGER NOT NULL
);
CREATE INDEX correction_unit ON correction(unit);
CREATE INDEX correction_was ON correction(was);
