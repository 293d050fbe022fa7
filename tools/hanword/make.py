#!/usr/bin/env python3
"""Make the tables in internal/hanword/data from the dictionary of jieba (MIT licence).

usage: pip install jieba==0.42.1; make.py internal/hanword/data

words.txt: a line a word: the word, a tab, and how rare it is, -10 ln of its share of
running text. Kept are words of one and of two characters that the dictionary counts 300
times at least, characters from 20 times on. Longer words come apart into these: cut so,
94.7 % of the words of hand-cut news begin and end where a cut is; with words of up to
four characters 92 %, with the whole dictionary 85 %.

long.txt: the words of three and four characters that are counted ten times at least, one
after the other.

chars.txt: of each character that does any of it, in hundredths: how often it ends a word
of three characters whose first two are a word (on a logarithmic scale, 100 for the one
that does so most); how often it begins one whose last two are; its share of names taken
from other languages by their sound, of all words it is in."""
import collections
import math
import os
import sys

import jieba

PAIRS, SINGLES, LONG = 300, 20, 10


def han(w):
    return all("\u4e00" <= c <= "\u9fff" for c in w)


def words():
    kept = {w: n for w, n in jieba.dt.FREQ.items()
            if han(w) and (len(w) == 1 and n >= SINGLES or len(w) == 2 and n >= PAIRS)}
    for w, n in sorted(kept.items(), key=lambda x: (len(x[0]), -x[1], x[0])):
        yield f"{w}\t{round(-10 * math.log(n / jieba.dt.total))}\n"


def characters(kinds):
    last, first, names, other = (collections.Counter() for _ in range(4))
    for w, kind in kinds.items():
        if not han(w) or len(w) < 2:
            continue
        n = jieba.dt.FREQ.get(w, 0)
        if len(w) == 3:
            last[w[2]] += math.sqrt(n) * (jieba.dt.FREQ.get(w[:2], 0) >= PAIRS)
            first[w[0]] += math.sqrt(n) * (jieba.dt.FREQ.get(w[1:], 0) >= PAIRS)
        for c in w:
            (names if kind == "nrt" else other)[c] += 1

    def level(of, c):
        return round(100 * math.log1p(of[c]) / math.log1p(max(of.values())))

    for c in sorted(set(last) | set(names)):
        share = names[c] / (names[c] + other[c] + 10)
        row = level(last, c), level(first, c), round(100 * share)
        if any(row):
            yield "\t".join([c, *map(str, row)]) + "\n"


def main(folder):
    jieba.setLogLevel(60)
    jieba.initialize()
    with jieba.dt.get_dict_file() as f:
        kinds = {w: kind for w, _, kind in (line.decode().split() for line in f)}
    long = sorted(w for w, n in jieba.dt.FREQ.items() if han(w) and 3 <= len(w) <= 4 and n >= LONG)
    for name, lines in (("words", words()), ("long", (w + "\n" for w in long)), ("chars", characters(kinds))):
        with open(os.path.join(folder, name + ".txt"), "w", encoding="utf-8") as f:
            f.writelines(lines)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
