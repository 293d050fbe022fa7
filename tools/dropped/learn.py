#!/usr/bin/env python3
"""Learns internal/compare/data/absent.txt, lacking.txt and lacking.source.txt.

    python3 learn.py absent  COUNTS.tsv  > ../../internal/compare/data/absent.txt
    python3 learn.py lacking MADE.tsv [MARKED.tsv] > ../../internal/compare/data/lacking.source.txt

The steps, from this folder (pip install lightgbm==4.7.0 jieba==0.42.1):

    python3 make.py TRAIN made.jsonl
    go test ../../internal/compare -run TestMeasure -args -measure made.jsonl -into counts.tsv -count
    python3 learn.py absent counts.tsv
    go test ../../internal/compare -run TestMeasure -args -measure made.jsonl -into made.tsv
    python3 learn.py lacking made.tsv
    (the last two again with -plain, for lacking.txt)

MARKED.tsv is measured from pairs of the same form that people made or judged
(each with an "id"): its words weigh three times as much.
"""
import collections
import re
import sys

LEAST, SMOOTH = 6, 4  # times a word must be met; mean occurrences added to each
FEATURES = "../../internal/compare/doubt.go"


def absent(path):
    rows = [l.rstrip("\n").split("\t") for l in open(path, encoding="utf8")]
    total = collections.defaultdict(lambda: [0, 0])
    for lang, _, n, free in rows:
        total[lang][0] += int(n)
        total[lang][1] += int(free)
    print("# How often in a hundred times one of two renderings of a source lacks a counterpart of")
    print("# the other's word. The first of each language is the mean, for words not listed. Made by tools/dropped.")
    for lang in ("en", "ru", "zh"):
        mean = total[lang][1] / total[lang][0]
        print(f"{lang}\t\t{round(100 * mean)}")
        for l, w, n, free in sorted(rows):
            if l == lang and int(n) >= LEAST:
                print(f"{l}\t{w}\t{round(100 * (int(free) + SMOOTH * mean) / (int(n) + SMOOTH))}")


def names():
    block = re.search(r"var doubtFeatures = \[\]string\{(.*?)\n\}", open(FEATURES, encoding="utf8").read(), re.S).group(1)
    return re.findall(r'"([^"]*)"', block)


def lacking(paths):
    import lightgbm
    import numpy

    xs, ys, ws = [], [], []
    for weight, path in zip((1, 3), paths):
        for line in open(path, encoding="utf8"):
            f = line.rstrip("\n").split("\t")
            xs.append(numpy.array(f[5:], dtype=numpy.float32))
            ys.append(int(f[2]))
            ws.append(weight)
    params = dict(objective="binary", num_leaves=12, learning_rate=0.1, max_bin=63, min_data_in_leaf=40,
                  feature_fraction=0.6, bagging_fraction=0.7, bagging_freq=1, lambda_l2=5, verbose=-1,
                  num_threads=2, seed=1)
    model = lightgbm.train(params, lightgbm.Dataset(numpy.array(xs), ys, weight=ws), 120).dump_model()
    print("# Trees that say how likely a word of one text is missing from another of the same")
    print("# language. Made by tools/dropped.")
    print(", ".join(names()))
    for tree in model["tree_info"]:
        out = []
        walk(tree["tree_structure"], out)
        print(" ".join(out))


def walk(node, out):
    if "leaf_value" in node:
        out.append("=%.4g" % node["leaf_value"])
        return
    out.append("%d<%.5g" % (node["split_feature"], node["threshold"]))
    walk(node["left_child"], out)
    walk(node["right_child"], out)


if __name__ == "__main__":
    if sys.argv[1] == "absent":
        absent(sys.argv[2])
    else:
        lacking(sys.argv[2:])
