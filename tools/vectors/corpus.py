"""The text to learn from: sentence pairs, grouped by what they say.

One source sentence stands beside many renderings, and those beside others. All
that hangs together so is one group: its sentences, by language, say the same.
"""
import hashlib
import lzma
import os
import subprocess

import numpy as np

LANGS = ("ru", "zh", "en")
PAIRS = ("ru-en", "zh-en", "ru-zh")


def lines(folder, name):
    """The lines of folder/name or folder/name.xz; None where neither is there."""
    path = os.path.join(folder, name)
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            return f.read().split("\n")
    if os.path.exists(path + ".xz"):
        with lzma.open(path + ".xz", "rt", encoding="utf-8") as f:
            return f.read().split("\n")
    return None


def checksum(folder):
    """(file, bytes, SHA-256) of each training file."""
    rows = []
    for name in sorted(os.listdir(folder)):
        if name.startswith("pairs."):
            with open(os.path.join(folder, name), "rb") as f:
                data = f.read()
            rows.append((name, len(data), hashlib.sha256(data).hexdigest()))
    return rows


class Corpus:
    """texts: every distinct sentence; lang: index into LANGS of each; group: its group's number."""

    def __init__(self, folder):
        self.texts, self.lang, index, parent = [], [], {}, []

        def number(lang, text):
            key = (lang, text)
            if key not in index:
                index[key] = len(parent)
                parent.append(len(parent))
                self.texts.append(text)
                self.lang.append(LANGS.index(lang))
            return index[key]

        def root(i):
            while parent[i] != i:
                parent[i] = parent[parent[i]]
                i = parent[i]
            return i

        found = False
        for pair in PAIRS:
            left, right = pair.split("-")
            for line in lines(folder, f"pairs.{pair}.tsv") or ():
                cells = [c.strip() for c in line.split("\t")]
                if len(cells) == 2 and all(cells):
                    found = True
                    a, b = root(number(left, cells[0])), root(number(right, cells[1]))
                    parent[max(a, b)] = min(a, b)
        if not found:
            raise SystemExit(f"{folder} holds no pairs.*.tsv with sentence pairs")
        roots = [root(i) for i in range(len(parent))]
        names = {r: n for n, r in enumerate(dict.fromkeys(roots))}
        self.group = np.array([names[r] for r in roots])
        self.lang = np.array(self.lang)
        self.groups = len(names)

    def members(self):
        """For each group and language the list of its sentences."""
        out = [([], [], []) for _ in range(self.groups)]
        for i, (g, l) in enumerate(zip(self.group, self.lang)):
            out[g][l].append(i)
        return out

    def sample(self, per_lang, rng):
        """Sentences for the teacher: of each language as many, from as many groups as there are."""
        chosen = []
        for lang in range(len(LANGS)):
            own = np.flatnonzero(self.lang == lang)
            own = rng.permutation(own)
            seen, first, rest = {}, [], []
            for i in own:
                n = seen.get(self.group[i], 0)
                seen[self.group[i]] = n + 1
                (first if n == 0 else rest).append((n, i))
            rest.sort(key=lambda x: x[0])
            chosen += [i for _, i in (first + rest)[:per_lang]]
        return np.array(chosen)


def normalize(texts, program):
    """Each text as the program will see it, by the Go code itself."""
    joined = "\n".join(t.replace("\n", " ").replace("\r", " ") for t in texts) + "\n"
    out = subprocess.run([program], input=joined.encode(), stdout=subprocess.PIPE, check=True)
    result = out.stdout.decode().split("\n")[:-1]
    if len(result) != len(texts):
        raise SystemExit(f"normalize gave {len(result)} lines for {len(texts)}")
    return result


def program(root):
    """Builds and names the Go normaliser."""
    path = os.path.join(root, "normalize.exe")
    here = os.path.dirname(os.path.abspath(__file__))
    subprocess.run(["go", "build", "-o", path, "./normalize"], cwd=here, check=True)
    return path
