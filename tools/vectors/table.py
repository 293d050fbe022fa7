"""The file of vectors, as internal/vector/table.go describes it."""
import struct
import zlib

import numpy as np

NORMAL_VERSION = 1  # vector.NormalVersion


def trie(names):
    """Double array over the UTF-8 names (number 0, the empty one, left out), as uint32 units."""
    children, leaf = [{}], [0]
    for number, name in enumerate(names):
        if not number:
            continue
        at = 0
        for c in name.encode():
            nxt = children[at].get(c)
            if nxt is None:
                nxt = children[at][c] = len(children)
                children.append({})
                leaf.append(0)
            at = nxt
        leaf[at] = number
    size = 1 << 16
    units, taken, bases = np.zeros(size, np.uint32), np.zeros(size, bool), set()
    taken[0] = True
    first, queue = 1, [(0, 0)]  # node, its place
    while queue:
        node, place = queue.pop()
        labels = sorted(children[node])
        if leaf[node]:
            labels = [0, *labels]
        if not labels:
            continue
        if first + 65536 > size:
            units, taken = np.append(units, np.zeros(size, np.uint32)), np.append(taken, np.zeros(size, bool))
            size *= 2
        while taken[first]:
            first += 1
        slot = first
        base = 0
        while not base:
            while taken[slot]:
                slot += 1
            b = slot - labels[0]
            if b > 0 and b not in bases and b + 256 < size and not any(taken[b + c] for c in labels):
                base = b
            slot += 1
            if slot - first > 4096:  # crowded: what is left behind stays empty
                first = slot - 2048
        bases.add(base)
        units[place] = (int(units[place]) & 0x1FF) | base << 9
        for c in labels:
            taken[base + c] = True
            if c:
                child = children[node][c]
                units[base + c] = c | (256 if leaf[child] else 0)
                queue.append((child, base + c))
            else:
                units[base] = leaf[node] << 9
    used = int(np.flatnonzero(taken)[-1]) + 257
    assert used < 1 << 23
    return units[:min(used, size)]


def quantize(table):
    """Rows as whole numbers from -127 to 127 and their one factor. A random
    rotation first: it leaves sums and cosines as they are, and spreads what a
    row holds over all dimensions, so that one factor serves all."""
    rng = np.random.default_rng(1)
    turn, _ = np.linalg.qr(rng.standard_normal((table.shape[1],) * 2))
    table = (table @ turn).astype(np.float32)
    factor = np.abs(table).max() / 127
    return np.rint(table / factor).astype(np.int8), np.float32(factor)


def write(path, names, scores, table):
    """Writes the file and gives its size."""
    rows, factor = quantize(table)
    lengths = np.linalg.norm(rows.astype(np.float32) * factor, axis=1).astype("<f4")
    encoded = [n.encode() for n in names]
    blob = b"".join(encoded)
    units = trie(names)
    parts = [np.cumsum([len(e) for e in encoded]).astype("<u4").tobytes(), blob, scores.astype("<f4").tobytes(),
             lengths.tobytes(), units.astype("<u4").tobytes(), (rows.astype(np.int16) + 128).astype(np.uint8).tobytes()]
    body = b"".join(p + bytes(-len(p) % 8) for p in parts)
    head = b"sverkaV2" + struct.pack("<6If", NORMAL_VERSION, len(names), table.shape[1], len(blob), len(units),
                                     zlib.crc32(body), factor)
    with open(path, "wb") as f:
        f.write(head.ljust(64, b"\0") + body)
    return 64 + len(body)
