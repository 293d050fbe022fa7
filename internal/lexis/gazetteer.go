package lexis

import "sverka/internal/bitext"

func (t *table) readGazetteer(bitext.Lang) {}
