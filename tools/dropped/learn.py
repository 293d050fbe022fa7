#!/usr/bin/env python3
"""Learns internal/compare/data/absent.txt, lacking.txt and lacking.source.txt.

    python3 learn.py absent COUNTS.tsv
    python3 learn.py lacking MADE.tsv [JUDGED.tsv]

The steps, from this folder (pip install lightgbm==4.7.0 jieba==0.42.1 scikit-learn==1.9.1), D being
../../internal/compare/data and M "go test ../../internal/compare -run TestMeasure -args":

    M -torn TRAIN -rounds 4                         makes D/torn.bin.gz: where a text is torn
    M -paraphrase TRAIN                             makes D/paraphrase.txt.gz: words that stand for each other
    python3 make.py TRAIN made.jsonl --groups 12000 --pairs 4
    M -measure made.jsonl -into counts.tsv -count;  python3 learn.py absent counts.tsv > D/absent.txt
    M -measure TRAIN/mono.en.txt -seams en -into seams.en  (and ru), both together are D/seams.txt
    M -measure made.jsonl -into made.tsv;           python3 learn.py lacking made.tsv judged.tsv > D/lacking.source.txt
    (D/lacking.txt, for texts without a source, is of an earlier run with -plain, 14 leaves and 130 trees)

-torn and -paraphrase run TestLearnTorn and TestLearnParaphrase, TRAIN unpacked; -without FILE leaves out the
sentences in FILE. A word of a judged pair is given once, whatever else was changed in that pair.

judged.tsv is measured from pairs of the same form that people made or judged, each with an "id". The
decision trees are learnt from the made pairs alone; from the judged ones only a linear layer over the
trees and the features is learnt, one weight each. What was put in counts three times there, as it is rarer
than what was taken out.
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


def read(path):
    import numpy

    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf8")]
    x = numpy.array([r[5:] for r in rows], dtype=numpy.float32)
    return x, numpy.array([int(r[2]) for r in rows]), numpy.array([r[3] for r in rows])


def lacking(paths):
    import lightgbm
    import numpy
    from sklearn.linear_model import LogisticRegression

    x, y, _ = read(paths[0])
    params = dict(objective="binary", num_leaves=30, learning_rate=0.1, max_bin=63, min_data_in_leaf=60,
                  feature_fraction=0.6, bagging_fraction=0.7, bagging_freq=1, lambda_l2=5, verbose=-1,
                  num_threads=1, seed=1)
    trees = lightgbm.train(params, lightgbm.Dataset(x, y), 220)
    print("# How likely a word of one text is missing from another of the same language: decision trees")
    print("# learnt from pairs with something dropped or put in, and over them a linear layer learnt on")
    print("# judged pairs: name, mean, deviation, weight. Made by tools/dropped.")
    print(", ".join(names()))
    if len(paths) > 1:
        x, y, kind = read(paths[1])
        z = numpy.column_stack([trees.predict(x, raw_score=True), x])
        mean, deviation = z.mean(0), z.std(0) + 1e-9
        weight = numpy.where((y == 1) & (kind == "in"), 3.0, 1.0)
        layer = LogisticRegression(C=0.05, max_iter=500)
        layer.fit(numpy.clip((z - mean) / deviation, -3, 3), y, sample_weight=weight)
        print("+ constant 0 1 %.4f" % layer.intercept_[0])
        for name, m, d, w in zip(["trees"] + names(), mean, deviation, layer.coef_[0]):
            if d > 1e-6:
                print("+ %s %.4g %.4g %.4f" % (name.replace(" ", "_"), m, d, w))
    for tree in trees.dump_model()["tree_info"]:
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
