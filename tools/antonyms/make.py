#!/usr/bin/env python3
"""Makes internal/compare/data/antonyms.wordnet.txt from Princeton WordNet 3.0.

    python3 make.py /usr/share/wordnet > ../../internal/compare/data/antonyms.wordnet.txt

The folder is the one that Debian's package wordnet-base installs (data.noun,
data.verb, data.adj, data.adv, cntlist.rev). Kept are direct antonyms of single
words of which both senses were met in WordNet's tagged texts; pairs that are
opposites in one reading only and plain company in others (LOOSE) are left out.
"""
import collections
import os
import sys

LOOSE = {
    "lie stand", "sit stand", "lie sit", "foot head", "keep lose", "figure ground",
    "center right", "break make", "break keep", "ride walk", "forget mind", "side top",
    "center left", "have lack", "common individual", "advance back", "avoid confront",
    "natural sharp", "ignore know", "concentration distribution", "liquid solid",
    "active quiet", "charge discharge", "bounce clear", "late middle", "end middle",
    "early middle", "dry sweet", "flat sharp", "flat natural", "middle beginning",
    "bottom side", "dramatic lyric", "location studio", "lady lord", "gross net",
    "overhead surface", "lose profit", "give take", "come go", "little much",
    "all no", "no some", "ever never", "hit miss", "here there", "contract expand",
    "issue recall", "attend miss", "discharge enlist", "delay rush", "gain reduce",
    "boy girl", "man woman", "day night", "first second", "other same", "lean rich",
    "full thin", "conventional nuclear", "preparation resolution", "float sink",
    "fire hire", "find lose", "change stay", "move stay", "depart stay", "back front",
    "double single", "sink source", "round square", "stand yield", "hope despair",
    "express local", "general local", "dull sharp", "bright dull", "parent child",
    "admit exclude", "level raise", "rise set", "no yes", "half whole", "open shut",
}
POS = {"noun": 1, "verb": 2, "adj": 3, "adv": 4}


def synsets(path, ss_type):
    out = {}
    with open(path, encoding="ascii") as f:
        for line in f:
            if line.startswith(" "):
                continue
            field = line.split(" | ")[0].split()
            n = int(field[3], 16)
            words = []
            for i in range(n):
                lemma = field[4 + 2 * i].split("(")[0].lower()
                key = f"{lemma}%{ss_type}:{field[1]}:{int(field[5 + 2 * i], 16):02d}::"
                words.append((lemma, key))
            p = 4 + 2 * n
            links = [field[p + 1 + 4 * i : p + 5 + 4 * i] for i in range(int(field[p]))]
            out[field[0]] = (words, links)
    return out


def main(folder):
    tagged = collections.Counter()
    with open(os.path.join(folder, "cntlist.rev"), encoding="ascii") as f:
        for line in f:
            key, _, count = line.split()
            tagged[key] += int(count)
    loose = {tuple(sorted(pair.split())) for pair in LOOSE}
    pairs = set()
    for pos, ss_type in POS.items():
        table = synsets(os.path.join(folder, "data." + pos), ss_type)
        for words, links in table.values():
            for symbol, offset, _, which in links:
                if symbol != "!":
                    continue
                a, ka = words[int(which[:2], 16) - 1]
                b, kb = table[offset][0][int(which[2:], 16) - 1]
                if a.isalpha() and b.isalpha() and tagged[ka] and tagged[kb]:
                    pair = tuple(sorted((a, b)))
                    if pair not in loose:
                        pairs.add(pair)
    print("# Direct antonyms from Princeton WordNet 3.0, made by tools/antonyms/make.py.")
    print("# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved.")
    print("# Licence: data/LICENSE.wordnet.txt")
    for a, b in sorted(pairs):
        print(a, b)


if __name__ == "__main__":
    main(sys.argv[1])
