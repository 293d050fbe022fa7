#!/usr/bin/env python3
"""Makes pairs with something dropped or put in, from which the model of missing words is learnt.

    python3 make.py TRAIN OUT [--without FILE.jsonl] [--groups N]

TRAIN is a folder with pairs.{ru-en,zh-en,ru-zh}.tsv(.xz), sentence pairs, a source
standing in several of them, and mono.{en,ru,zh}.txt(.xz). OUT gets a JSON object a
line: {"lang","src_lang","src","a","b","from","kind","span"}: a and b are two
renderings of src; kind "none" leaves both as they are, "in" has put the code points
span of b in, "out" has taken span of "from" away to make b. What stands in the file
given by --without is left out.
"""
import argparse
import collections
import json
import lzma
import os
import random
import re
import zlib

import jieba

TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]", re.U)
STOP = {
    "en": set("a an the this that these those it its he him his she her they them their we us our you your i me my who which what there here of in on at by to from for with as and or but nor so is am are was were be been being have has had do does did not no will would shall can could may might must should if than then when where while because".split()),
    "ru": set("и в во не что он на я с со как а то она так его но да ты к у же вы за бы по ее от меня о из ему для мы их чем была был было были это эта этот эти который которая которые которых при до из-за или ни".split()),
    "zh": set("的 了 在 是 和 与 及 或 也 都 就 将 把 被 对 从 到 为 以 于 之 其 这 那 他 她 它 我 你 们 个 着 过 得 地 不 没 未 无 有 他们 我们 这个 那个 并 而".split()),
}
PREPOSITIONS = {
    "en": set("in on at by from for with into onto about over under between among during through against without within across after before since until".split()),
    "ru": set("в на из от до для при через под над между среди после без около вокруг против благодаря ради с со во о об по к".split()),
    "zh": set("在 对 从 向 与 因 通过 根据 按照 由于 随着 为了".split()),
}
MARKS = set(",;:.!?()[]—–-，；：。！？（）…")


def lines(folder, name):
    path = os.path.join(folder, name)
    if os.path.exists(path):
        return open(path, encoding="utf8")
    return lzma.open(path + ".xz", "rt", encoding="utf8")


def cut(lang, s):
    """Tokens as (start, end)."""
    if lang != "zh":
        return [m.span() for m in TOKEN.finditer(s)]
    out, at = [], 0
    for w in jieba.cut(s):
        if w.strip():
            out.append((at, at + len(w)))
        at += len(w)
    return out


def is_word(lang, w):
    return w[0].isalpha() and w.lower() not in STOP[lang] and (lang == "zh" or len(w) > 2)


class Neighbours:
    """Which words stand between two others, by counted pairs."""

    def __init__(self, lang, sentences):
        self.right = collections.defaultdict(collections.Counter)
        self.pairs = set()
        self.clauses = []
        for s in sentences:
            toks = cut(lang, s)
            words = [s[a:b].lower() for a, b in toks]
            for x, y in zip(["^"] + words, words + ["$"]):
                self.right[x][y] += 1
                self.pairs.add((x, y))
            from_ = 0
            for k, w in enumerate(words):
                if w in MARKS:
                    if 3 <= k - from_ <= 9 and from_ > 0:
                        self.clauses.append(s[toks[from_][0]:toks[k - 1][1]])
                    from_ = k + 1

    def between(self, rng, lang, x, y):
        ws = [w for w in self.right.get(x, ()) if (w, y) in self.pairs and is_word(lang, w) and w not in (x, y)]
        if not ws:
            return None
        return rng.choices(ws, [self.right[x][w] ** 0.5 for w in ws])[0]

    def two(self, rng, lang, x, y):
        nexts = list(self.right.get(x, ()))[:200]
        for _ in range(20 if nexts else 0):
            w = rng.choice(nexts)
            if not w[0].isalpha():
                continue
            z = self.between(rng, lang, w, y)
            if z and (is_word(lang, w) or lang != "zh"):
                return w + ("" if lang == "zh" else " ") + z
        return None


def put_in(rng, lang, n, s):
    toks = cut(lang, s)
    if len(toks) < 4:
        return None
    low = s.lower()
    kind = rng.random()
    if kind < 0.28:  # a clause
        c = rng.choice(n.clauses)
        ends = [b for k, (a, b) in enumerate(toks) if k > 1 and (s[b:b + 1] in MARKS and s[b:b + 1] or b == len(s.rstrip()))]
        if not ends:
            return None
        at = ends[-1] if rng.random() < 0.6 else rng.choice(ends)
        comma = "，" if lang == "zh" else ", "
        return s[:at] + comma + c + s[at:], (at + len(comma), at + len(comma) + len(c))
    for _ in range(8):
        k = rng.randrange(1, len(toks))
        x, y = low[toks[k - 1][0]:toks[k - 1][1]], low[toks[k][0]:toks[k][1]]
        w = n.two(rng, lang, x, y) if kind < 0.45 else n.between(rng, lang, x, y)
        if w and w not in low:
            space = "" if lang == "zh" else " "
            at = toks[k][0]
            if space and at > 0 and s[at - 1] != " ":
                continue
            return s[:at] + w + space + s[at:], (at, at + len(w))
    return None


def take_out(rng, lang, s):
    toks = cut(lang, s)
    words = [s[a:b] for a, b in toks]
    if len(toks) < 5:
        return None
    kind = rng.random()
    if kind < 0.25:  # a clause
        marks = [-1] + [k for k, w in enumerate(words) if w in MARKS] + [len(words)]
        spans = [(i + 1, j) for i, j in zip(marks, marks[1:]) if 3 <= j - i - 1 <= 12 and j - i < 0.6 * len(words)]
    elif kind < 0.45:  # a preposition and what follows
        spans = []
        for k, w in enumerate(words):
            if w.lower() in PREPOSITIONS[lang]:
                j = k + 1
                while j < len(words) and j - k < 6 and words[j] not in MARKS and words[j].lower() not in PREPOSITIONS[lang] and words[j].lower() not in ("and", "и", "is", "was", "были"):
                    j += 1
                if j - k >= 2:
                    spans.append((k, j))
    elif kind < 0.6:  # two words
        spans = [(k, k + 2) for k in range(len(words) - 1) if is_word(lang, words[k]) and is_word(lang, words[k + 1])]
    else:
        spans = [(k, k + 1) for k, w in enumerate(words) if is_word(lang, w)]
    if not spans:
        return None
    i, j = rng.choice(spans)
    from_, to = toks[i][0], toks[j - 1][1]
    cut_to = to
    while cut_to < len(s) and s[cut_to] == " ":
        cut_to += 1
    out = (s[:from_] + s[cut_to:]).strip()
    return out, (from_, to)


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("train")
    ap.add_argument("out")
    ap.add_argument("--without")
    ap.add_argument("--groups", type=int, default=5000, help="sources for each direction")
    ap.add_argument("--pairs", type=int, default=3, help="pairs of renderings of a source, at most")
    ap.add_argument("--unchanged", action="store_true", help="change nothing: for counting the words")
    args = ap.parse_args()
    rng = random.Random(7)
    banned = set()
    if args.without:
        for line in open(args.without, encoding="utf8"):
            r = json.loads(line)
            banned.update(r[k].strip() for k in ("src", "a", "b") if r[k])
    near = {}
    for lang in () if args.unchanged else ("en", "ru", "zh"):
        sentences = [s.strip() for s in lines(args.train, f"mono.{lang}.txt")]
        rng.shuffle(sentences)
        near[lang] = Neighbours(lang, sentences[:60000])
    n = collections.Counter()
    with open(args.out, "w", encoding="utf8") as out:
        for file, side, src_lang, lang in (
            ("ru-en", 0, "ru", "en"), ("zh-en", 0, "zh", "en"), ("ru-en", 1, "en", "ru"), ("zh-en", 1, "en", "zh"),
            ("ru-zh", 0, "ru", "zh"), ("ru-zh", 1, "zh", "ru"),
        ):
            groups = collections.defaultdict(dict)
            for line in lines(args.train, f"pairs.{file}.tsv"):
                p = line.rstrip("\n").split("\t")
                if p[0].strip() not in banned and p[1].strip() not in banned:
                    groups[p[side]][p[1 - side]] = True
            keys = sorted((k for k in groups if len(groups[k]) > 1 and len(k) < 400), key=lambda k: zlib.crc32(k.encode()))
            most = args.groups if file != "ru-zh" else args.groups // 4
            for src in keys[:most]:
                texts = list(groups[src])
                rng.shuffle(texts)
                for a, b in list(zip(texts[::2], texts[1::2]))[:args.pairs]:
                    if a.lower() == b.lower():
                        continue
                    rec = {"lang": lang, "src_lang": src_lang, "src": src, "a": a, "b": b, "from": b, "kind": "none", "span": [0, 0]}
                    draw = 1 if args.unchanged else rng.random()
                    made = None
                    if draw < 0.3:
                        made, kind = put_in(rng, lang, near[lang], b), "in"
                    elif draw < 0.6:
                        made, kind = take_out(rng, lang, b), "out"
                    if made:
                        rec["b"], rec["span"], rec["kind"] = made[0], list(made[1]), kind
                    n[lang, rec["kind"]] += 1
                    out.write(json.dumps(rec, ensure_ascii=False) + "\n")
    print(dict(n))


if __name__ == "__main__":
    main()
