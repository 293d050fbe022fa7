"""Makes internal/rendering/wordmap.bin: for each language a linear map of word vectors after which a word
lies nearest to the word that renders it. See doc/renderings.md.

    rendermodel -dump WORK/train -pairs zh-en=A.tsv,ru-en=B.tsv,ru-zh=C.tsv -pair-limit 12000
    python wordmap.py WORK/train internal/rendering/wordmap.bin

Packages: those of tools/vectors/requirements.txt, jax==0.10.2, optax. The teacher (the transformer of
tools/vectors) reads both sentences of a pair; the cosines of its word states of layers 6 and 8, less a little
for the distance from the diagonal, say what renders what. The maps learn to choose alike among the words of
the sentence: cross-entropy both ways, weighed by how sure the teacher is.
"""
import os
import struct
import sys

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
import jax
import jax.numpy as jnp
import numpy as np
import optax

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "vectors"))
import teacher as base

LANG = {"en": 0, "ru": 1, "zh": 2}
LAYERS = (6, 8)
WORDS = 44             # of the longest sentence learnt from
BATCH, ROUNDS, RATE, DECAY = 96, 2, 1e-3, 1e-2
SOFT, SLANT = .05, .1  # the teacher's softmax; what the distance from the diagonal takes off
LEAST = .35            # mean best cosine below which a pair is no translation


class Teacher(base.Teacher):
    """The teacher with the states of inner layers."""

    def build(self):
        import openvino as ov
        from openvino import opset13 as op
        h, heads, width = self.hidden, self.heads, self.hidden // self.heads
        const = lambda x: op.constant(np.asarray(x))

        def dense(x, name, nout, nin):
            y = op.matmul(x, const(self.tensor(name + ".w", nout, nin)), False, True)
            return op.add(y, const(self.tensor(name + ".b", nout)))

        def ln(x, name):
            x = op.mvn(x, const(np.array([-1], np.int64)), True, float(self.eps), "inside_sqrt")
            return op.add(op.multiply(x, const(self.tensor(name + ".w", h))), const(self.tensor(name + ".b", h)))

        def split(x):
            x = op.reshape(x, const(np.array([0, 0, heads, width], np.int64)), True)
            return op.transpose(x, const(np.array([0, 2, 1, 3], np.int64)))

        words = op.parameter([-1, -1, h], np.float32, "words")
        bias = op.parameter([-1, 1, 1, -1], np.float32, "bias")
        x, out = ln(words, "emb.ln"), []
        for i in range(max(LAYERS)):
            q, k, v = (split(dense(x, f"l{i}.{c}", h, h)) for c in "qkv")
            score = op.multiply(op.matmul(q, k, False, True), const(np.float32(width ** -0.5)))
            mixed = op.matmul(op.softmax(op.add(score, bias), -1), v, False, False)
            mixed = op.reshape(op.transpose(mixed, const(np.array([0, 2, 1, 3], np.int64))),
                               const(np.array([0, 0, h], np.int64)), True)
            x = ln(op.add(x, dense(mixed, f"l{i}.ao", h, h)), f"l{i}.aln")
            inner = op.gelu(dense(x, f"l{i}.fi", self.inner, h), "erf")
            x = ln(op.add(x, dense(inner, f"l{i}.fo", h, self.inner)), f"l{i}.oln")
            if i + 1 in LAYERS:
                out.append(op.result(x))
        self.model = ov.Core().compile_model(ov.Model(out, [words, bias]), "CPU")
        self.word = self.tensor("emb.word", -1, h)
        self.place = self.tensor("emb.pos", -1, h) + self.tensor("emb.type", -1, h)[0]

    def tokens(self, text):
        """Ids and places of the teacher's pieces."""
        marked, place, gap = "", [], True
        for i, c in enumerate(text):
            for x in self.normal.get(ord(c), c):
                if x.isspace():
                    gap = True
                    continue
                if gap:
                    marked, gap = marked + base.MARK, False
                    place.append(i)
                marked += x
                place.append(i)
        e = self.tokenizer.encode(marked, add_special_tokens=False)
        spans = [(place[a + 1 if marked[a] == base.MARK and b > a + 1 else a], place[b - 1] + 1) for a, b in e.offsets]
        return e.ids[:base.LIMIT], spans[:base.LIMIT]

    def read(self, cuts, tokens=3000):
        """Yields (index, states of each layer) for each list of ids."""
        self.build()
        order, lead, done = sorted(range(len(cuts)), key=lambda i: len(cuts[i])), 1 + len(self.prefix), 0
        while done < len(order):
            k = 1
            while done + k < len(order) and (len(cuts[order[done + k]]) + lead + 1) * (k + 1) <= tokens:
                k += 1
            batch = order[done:done + k]
            longest = max(len(cuts[i]) for i in batch) + lead + 1
            words = np.zeros((k, longest, self.hidden), np.float32)
            bias = np.full((k, 1, 1, longest), -1e4, np.float32)
            for r, i in enumerate(batch):
                ids = [self.bos, *self.prefix, *cuts[i], self.eos]
                words[r, :len(ids)] = self.word[ids] + self.place[:len(ids)]
                bias[r, 0, 0, :len(ids)] = 0
            out = self.model([words, bias])
            for r, i in enumerate(batch):
                yield i, [out[n][r, lead:lead + len(cuts[i])] for n in range(len(LAYERS))]
            done += k


def norm(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-6)


def read(path):
    """Sentences in order, each (language, words as rows of start, end, entry, text)."""
    out = []
    with open(path + ".txt", encoding="utf-8") as f:
        for line in f:
            head, _, text = line.rstrip("\n").partition("\t")
            lang, *words = head.split()
            out.append((lang, np.array([x.split(":") for x in words], int).reshape(-1, 3), text))
    return out


def word_states(sentences):
    """For each sentence the states of its words, a matrix a layer, less their language's mean."""
    t = Teacher()
    cuts = [t.tokens(s[2]) for s in sentences]
    out = [None] * len(sentences)
    for i, states in t.read([c[0] for c in cuts]):
        share = np.array([[max(0, min(b, q) - max(a, p)) for p, q in cuts[i][1]] for a, b, _ in sentences[i][1]], np.float32)
        share /= np.maximum(share.sum(1, keepdims=True), 1e-6)
        out[i] = [(share @ s).astype(np.float16) for s in states]
    for lang in LANG:
        own = [i for i, s in enumerate(sentences) if s[0] == lang]
        for n in range(len(LAYERS)):
            if own:
                mean = np.concatenate([out[i][n][::7] for i in own]).astype(np.float32).mean(0)
                for i in own:
                    out[i][n] = norm(out[i][n].astype(np.float32) - mean).astype(np.float16)
    return out


def slant(n, m):
    return np.abs((np.arange(n) + .5)[:, None] / n - (np.arange(m) + .5)[None] / m)


def lessons(sentences):
    """(languages, entries of both sides, the teacher's cosines) of each pair."""
    fit = [k for k in range(0, len(sentences), 2) if all(3 <= len(s[1]) <= WORDS for s in sentences[k:k + 2])]
    states = word_states([s for k in fit for s in sentences[k:k + 2]])
    for n, k in enumerate(fit):
        a, b = sentences[k], sentences[k + 1]
        cos = sum(x.astype(np.float32) @ y.astype(np.float32).T for x, y in zip(states[2 * n], states[2 * n + 1])) / len(LAYERS)
        if cos.max(1).mean() >= LEAST:
            yield LANG[a[0]], LANG[b[0]], a[1][:, 2], b[1][:, 2], cos - SLANT * slant(*cos.shape)


def batches(data, rng):
    order = sorted(rng.permutation(len(data)), key=lambda i: (*data[i][:2], max(data[i][4].shape) // 8))
    cut = [order[i:i + BATCH] for i in range(0, len(order), BATCH)]
    cut = [b for b in cut if len(b) == BATCH and len({data[i][:2] for i in b}) == 1]
    rng.shuffle(cut)
    for b in cut:
        size = (max(max(data[i][4].shape) for i in b) + 7) // 8 * 8
        a, c = np.zeros((2, BATCH, size), np.int32)
        mask, cos, far = np.zeros((3, BATCH, size, size), np.float32)
        for k, i in enumerate(b):
            n, m = data[i][4].shape
            a[k, :n], c[k, :m], mask[k, :n, :m], cos[k, :n, :m], far[k, :n, :m] = data[i][2], data[i][3], 1, data[i][4], slant(n, m)
        yield *data[b[0]][:2], a, c, mask, cos, far


def loss(p, la, lb, a, b, mask, cos, far):
    sure = jnp.where(mask > 0, cos / SOFT, -1e9)
    both = jax.nn.softmax(sure, 2) * jax.nn.softmax(sure, 1) * mask
    turn = lambda l, x: (y := x + x @ p["move"][l]) / jnp.sqrt(jnp.sum(y * y, -1, keepdims=True) + 1e-6)
    s = jnp.exp(p["scale"]) * jnp.einsum("bid,bjd->bij", turn(la, a), turn(lb, b)) - jnp.exp(p["slant"]) * far
    s = jnp.where(mask > 0, s, -1e9)
    total = 0.
    for axis in (1, 2):
        want = both / jnp.maximum(both.sum(axis, keepdims=True), 1e-6)
        weight = both.max(axis)
        total += (weight * -(want * jax.nn.log_softmax(s, axis) * mask).sum(axis)).sum() / weight.sum()
    return total


def main(path, out):
    vectors = np.fromfile(path + ".vec", np.float32).reshape(-1, 256)
    data = list(lessons(read(path)))
    rng = np.random.default_rng(0)
    p = {"move": jnp.zeros((3, 256, 256)), "scale": jnp.log(12.), "slant": jnp.log(3.)}
    opt = optax.adamw(optax.cosine_decay_schedule(RATE, ROUNDS * (len(data) // BATCH)), weight_decay=DECAY)
    state = opt.init(p)

    @jax.jit
    def step(p, state, *batch):
        value, grad = jax.value_and_grad(loss)(p, *batch)
        change, state = opt.update(grad, state, p)
        return optax.apply_updates(p, change), state, value

    for n in range(ROUNDS):
        seen = []
        for la, lb, a, b, *rest in batches(data, rng):
            p, state, value = step(p, state, la, lb, vectors[a], vectors[b], *rest)
            seen.append(float(value))
        print(f"round {n + 1}: {len(data)} pairs, loss {np.mean(seen):.3f}", flush=True)
    with open(out, "wb") as f:
        f.write(b"svmap1\n\0" + struct.pack("<I", 256))
        for move in np.asarray(p["move"]):
            factor = np.abs(move).max() / 127
            f.write(struct.pack("<f", factor) + np.round(move / factor).astype(np.int8).tobytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
