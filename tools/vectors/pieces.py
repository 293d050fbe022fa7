"""The vocabulary of pieces: the teacher's, normalised, cut down to three languages."""
import re

import numpy as np
from tokenizers import Tokenizer, models

from corpus import normalize
from teacher import MARK

HAN = "\u3400-\u9fff\u3007"
KINDS = (
    ("latin", re.compile(r" ?[a-z']+")),
    ("russian", re.compile(r" ?[а-я']+")),
    ("han", re.compile(f"[{HAN}]+")),
    ("number", re.compile(r" ?[0-9][0-9.,:]*")),
    ("mark", re.compile(r"[^\w\s]{1,3}")),
)
# Latin letters with accents: words of other languages, that would come out as others without.
ACCENT = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")


def kind(piece):
    for name, pattern in KINDS:
        if pattern.fullmatch(piece):
            return name
    return None


def candidates(teacher, program):
    """Normalised piece → log-probability: what comes out alike is added up."""
    bare = [p[1:] if p.startswith(MARK) else p for p in teacher.pieces]
    sums = {}
    for i, (piece, form) in enumerate(zip(teacher.pieces, normalize(bare, program))):
        if i <= teacher.unk or piece == "<mask>" or ACCENT.search(piece):
            continue
        body = form[1:] if form.startswith(" ") else form
        if not body or " " in body:
            continue  # never cut: a word would begin in its midst
        key = " " + body if form.startswith(" ") and piece.startswith(MARK) else body
        if kind(key):
            sums[key] = np.logaddexp(sums.get(key, -np.inf), float(teacher.scores[i]))
    return sums


class Pieces:
    """names, scores of the pieces; cut() gives their numbers. Number 0 is what is unknown."""

    def __init__(self, scored):
        self.names = ["", *scored]
        self.scores = np.array([0.0, *scored.values()], np.float32)
        self.scores[0] = self.scores.min() - 10
        vocab = [("\0", 0.0), *((n, float(s)) for n, s in zip(self.names[1:], self.scores[1:]))]
        self.model = Tokenizer(models.Unigram(vocab, unk_id=0, byte_fallback=False))
        self.index = {n: i for i, n in enumerate(self.names)}

    def cut(self, normalized):
        """For each text the numbers of its pieces and their ends in code points."""
        ids, ends = [], []
        for e in self.model.encode_batch(normalized, add_special_tokens=False):
            ids.append(np.array(e.ids, np.int32))
            ends.append(np.array([b for _, b in e.offsets], np.int32))
        return ids, ends


def prune(scored, counts, budget):
    """The pieces to keep: every character and number, all Chinese ones, those
    that the text uses, and of the others the likeliest; Latin ones must be
    likelier than Russian ones, as most of them belong to other languages."""
    def rank(item):
        name, score = item
        k, n = kind(name), counts.get(name, 0)
        if len(name.strip()) == 1 and k != "mark" or n >= 3:
            return 0, -score
        return {"han": 1, "russian": 2, "latin": 2}.get(k, 3), (1.5 if k == "latin" else 0) - score
    best = sorted(scored.items(), key=rank)[:budget]
    return dict(sorted(best, key=lambda item: -item[1]))
