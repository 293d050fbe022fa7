"""Makes internal/vector/vectors.bin: see README.md.

    python make.py --train FOLDER [--eval FOLDER] [--work FOLDER] [--out FILE]
                   [--dump FILE] [--golden FILE]
"""
import argparse
import os
import sys
import tempfile
import time

import numpy as np

import learn
import measure
import table
from corpus import LANGS, Corpus, checksum, normalize, program
from pieces import Pieces, candidates, prune
from teacher import MARK, Teacher

SENTENCES = 14_000  # of each language that the teacher reads
BUDGET = 52_000     # pieces
DIMS = 256
HELD = 1_000        # groups kept from learning, to measure by
SIF = 1e-3          # weights to begin with: SIF / (SIF + p) (Arora et al. 2017)

START = time.time()


def say(*words):
    print(f"{time.time() - START:6.0f} s ", *words, flush=True)


class Maker:
    def __init__(self, args):
        self.args = args
        self.normalizer = program(args.work)
        self.teacher = Teacher()
        self.corpus = Corpus(args.train)
        for row in checksum(args.train):
            say("learns from %s, %d bytes, sha256 %s" % row)
        say(len(self.corpus.texts), "sentences in", self.corpus.groups, "groups")
        self.rng = np.random.default_rng(7)
        members = self.corpus.members()
        whole = [g for g in range(self.corpus.groups) if all(members[g])]
        held = self.rng.permutation(whole)[:min(HELD, len(whole) // 3)]
        self.held = [[m[self.rng.integers(len(m))] for m in members[g]] for g in held]
        kept = set(held.tolist())
        self.groups = [m for g, m in enumerate(members) if g not in kept]

    def vocabulary(self):
        """Cuts the text with all candidates, keeps the pieces worth a row, cuts again."""
        self.normal = normalize(self.corpus.texts, self.normalizer)
        scored = candidates(self.teacher, self.normalizer)
        every = Pieces(scored)
        ids, _ = every.cut(self.normal)
        counts = dict(zip(every.names, np.bincount(np.concatenate(ids), minlength=len(every.names))))
        self.pieces = Pieces(prune(scored, counts, BUDGET))
        self.ids, self.ends = self.pieces.cut(self.normal)
        self.rows = len(self.pieces.names)
        self.count = np.bincount(np.concatenate(self.ids), minlength=self.rows)
        say(f"{self.rows} pieces of {len(scored)}; unknown {self.count[0] / self.count.sum():.5f} of the text")

    def read(self):
        """The teacher reads; its states are kept in the work folder, as this takes longest."""
        sample = self.corpus.sample(SENTENCES, np.random.default_rng(1))
        cuts = [self.teacher.cut(self.corpus.texts[i]) for i in sample]
        ends = np.concatenate([[0], np.cumsum([len(c[0]) for c in cuts])])
        path = os.path.join(self.args.work, f"states-{SENTENCES}-{ends[-1]}.npy")
        if not os.path.exists(path):
            states = np.lib.format.open_memmap(path + ".part", "w+", np.float16, (int(ends[-1]), self.teacher.hidden))
            last = [time.time()]

            def tell(done):
                if time.time() - last[0] > 30:
                    last[0] = time.time()
                    say(f"the teacher has read {done} of {len(cuts)} sentences")
            for i, state, _ in self.teacher.run([c[0] for c in cuts], report=tell):
                states[ends[i]:ends[i + 1]] = state
            states.flush()
            os.replace(path + ".part", path)
        return sample, [c[1] for c in cuts], np.load(path, mmap_mode="r")

    def start(self):
        """Mean state of the teacher over each piece, less its script's mean, weighed by rarity."""
        sample, tokens, states = self.read()
        overlap, used = learn.overlaps(tokens, [self.normal[i] for i in sample], [self.ids[i] for i in sample],
                                       [self.ends[i] for i in sample], self.rows)
        mean, weight = learn.mean_states(overlap, states)
        rows, fit = learn.transport(self.input_rows(), mean, weight, enough=20)
        say(f"states of {used} of {len(sample)} sentences; rows of unseen pieces by a map that explains {fit:.2f}")
        return learn.weigh(rows, self.scripts(), self.count, SIF)

    def input_rows(self):
        """The teacher's own row for each piece: what is known of pieces that no sentence held."""
        word = self.teacher.tensor("emb.word", -1, self.teacher.hidden)
        rows = np.zeros((self.rows, self.teacher.hidden), np.float32)
        bare = [p.removeprefix(MARK) for p in self.teacher.pieces]
        for i, (piece, form) in enumerate(zip(self.teacher.pieces, normalize(bare, self.normalizer))):
            body = form.removeprefix(" ")
            marked = form.startswith(" ") and piece.startswith(MARK)
            j = self.pieces.index.get(" " + body if marked else body, 0)
            if j and not rows[j].any():
                rows[j] = word[i]
        return rows

    def scripts(self):
        def script(name):
            if any("а" <= c <= "я" for c in name):
                return 0
            return 1 if any(c >= "\u3000" for c in name) else 2
        return np.array([script(n) for n in self.pieces.names])

    def prepare_figures(self):
        self.sets = measure.sets(self.args.eval) if self.args.eval else {}
        texts = sorted({s for a, b, _ in self.sets.values() for s in a + b})
        self.place = {s: i for i, s in enumerate(texts)}
        self.bag = learn.bags(self.pieces.cut(normalize(texts, self.normalizer))[0] if texts else [], self.rows)
        self.held_bags = [learn.bags([self.ids[h[l]] for h in self.held], self.rows) for l in range(len(LANGS))]

    def figures(self, name, rows):
        found = {}
        vectors = self.bag @ rows if self.place else None
        for key, (a, b, n) in self.sets.items():
            found[key] = measure.accuracy(vectors[[self.place[s] for s in a]], vectors[[self.place[s] for s in b]], n)
        held = [b @ rows for b in self.held_bags]
        for a, b in learn.JOINED:
            found[f"held {LANGS[a]}-{LANGS[b]}"] = measure.accuracy(held[a], held[b], len(self.held))
        if name:
            say(measure.report(name, found))
        return found

    def dump(self, path):
        """Up to 10,000 texts a language with the numbers of their pieces, to hold the Go code against."""
        with open(path, "w", encoding="utf-8") as f:
            for lang in range(len(LANGS)):
                own = np.flatnonzero(self.corpus.lang == lang)
                for i in own[::max(len(own) // 10_000, 1)][:10_000]:
                    f.write(self.corpus.texts[i].replace("\t", " ") + "\t" + " ".join(map(str, self.ids[i])) + "\n")

    def golden(self, path):
        """Cuts anew the texts of the Go test's golden file: the text, a tab, the names of its pieces."""
        with open(path, encoding="utf-8") as f:
            texts = [line.split("\t")[0] for line in f.read().splitlines()]
        ids, _ = self.pieces.cut(normalize(texts, self.normalizer))
        with open(path, "w", encoding="utf-8") as f:
            for text, own in zip(texts, ids):
                f.write(text + "\t" + "|".join(self.pieces.names[i] or "?" for i in own) + "\n")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    p = argparse.ArgumentParser(description="Learns the vectors of subword pieces and writes their table.")
    p.add_argument("--train", required=True, help="folder with pairs.{ru-en,zh-en,ru-zh}.tsv, plain or .xz")
    p.add_argument("--eval", help="folder with gold alignments to measure by; nothing is learnt from it")
    p.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "sverka-vectors"), help="for what is made once")
    p.add_argument("--out", default=os.path.join(here, "..", "..", "internal", "vector", "vectors.bin"))
    p.add_argument("--dump", help="write the pieces of 30,000 texts here, for the Go test")
    p.add_argument("--golden", help="cut the texts of this golden file anew")
    args = p.parse_args()
    args.work = os.path.abspath(args.work)
    os.makedirs(args.work, exist_ok=True)
    m = Maker(args)
    m.vocabulary()
    if args.dump:
        m.dump(args.dump)
    if args.golden:
        m.golden(args.golden)
    m.prepare_figures()
    say("sets:", ", ".join(list(m.sets) + ["held-out groups"]))
    begin = m.start()
    m.figures("mean states", begin)
    rows = learn.contrast(begin, m.groups, m.ids, m.count, say, m.figures)
    rows = learn.reduce(rows, m.count, DIMS)
    m.figures(f"{DIMS} dimensions", rows)
    m.figures("in bytes", table.quantize(rows)[0].astype(np.float32))
    rows[0] = 0
    size = table.write(args.out, m.pieces.names, m.pieces.scores, rows)
    say(f"{args.out}: {size} bytes")


if __name__ == "__main__":
    sys.exit(main())
