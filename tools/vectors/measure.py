"""Sentence retrieval: of each sentence the nearest in the other language must be its counterpart."""
import glob
import os

import numpy as np

from corpus import LANGS, PAIRS


def beads(folder):
    """1-1 beads of the gold files in folder, as (left, right) texts, and all lines of each language."""
    found, stock = [], ({}, {})
    for gold in sorted(glob.glob(os.path.join(folder, "*.gold"))):
        name, langs, _ = os.path.basename(gold).rsplit(".", 2)
        sides = []
        for k, lang in enumerate(langs.split("-")):
            with open(os.path.join(folder, f"{name}.{lang}"), encoding="utf-8") as f:
                sides.append(f.read().split("\n"))
            stock[k].update(dict.fromkeys(s for s in sides[k] if s.strip()))
        with open(gold, encoding="utf-8") as f:
            for line in f:
                a, _, b = line.strip().partition(":")
                if a.isdigit() and b.isdigit():
                    found.append((sides[0][int(a)], sides[1][int(b)]))
    return found, stock


def sets(folder, size=1000):
    """name → (left texts, right texts, how many of the first are pairs): `pud` and `ntrex`
    have each other's lines behind the pairs, up to size, as further candidates."""
    out = {}
    for pair in PAIRS:
        pud, pud_stock = beads(os.path.join(folder, f"pud-{pair}"))
        ntrex, ntrex_stock = beads(os.path.join(folder, f"ntrex-{pair}"))
        for name, own, stocks in (("pud", pud, (pud_stock, ntrex_stock)), ("ntrex", ntrex, (ntrex_stock, pud_stock))):
            own = list({a: (a, b) for a, b in own}.values())
            own = list({b: (a, b) for a, b in own}.values())
            sides = []
            for k in (0, 1):
                texts = dict.fromkeys(p[k] for p in own)
                for stock in stocks:
                    for s in stock[k]:
                        if len(texts) < size:
                            texts[s] = None
                sides.append(list(texts))
            out[f"{name} {pair}"] = (*sides, len(own))
    mac, _ = beads(os.path.join(folder, "mac-zh-en"))
    mac = [(a, b) for a, b in dict(mac).items() if len(a) >= 8]
    mac = list({b: (a, b) for a, b in mac}.values())
    if mac:
        out["mac zh-en"] = ([a for a, _ in mac], [b for _, b in mac], len(mac))
    return out


def accuracy(left, right, pairs):
    """Accuracy at 1 both ways; vectors are given unit length here."""
    left = left / np.maximum(np.linalg.norm(left, axis=1, keepdims=True), 1e-9)
    right = right / np.maximum(np.linalg.norm(right, axis=1, keepdims=True), 1e-9)
    score = left @ right.T
    want = np.arange(pairs)
    return (score[:pairs].argmax(1) == want).mean(), (score[:, :pairs].argmax(0) == want).mean()


def report(name, figures):
    """One line of a table; figures: name of set → (there, back)."""
    cells = [f"{a:.3f}/{b:.3f}" for a, b in figures.values()]
    def mean(kind):
        values = [x for k, f in figures.items() if k.startswith(kind) for x in f]
        return sum(values) / max(len(values), 1)
    return f"{name:34s} {'  '.join(cells)}   pud {mean('pud'):.4f} ntrex {mean('ntrex'):.4f} held {mean('held'):.4f}"
