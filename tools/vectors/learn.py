"""The three steps of learning: the teacher's states, ridge regression, contrast."""
import numpy as np
from scipy import sparse


def bags(ids, rows):
    """Sentences as a sparse matrix: how often each piece stands in each."""
    lengths = np.array([len(x) for x in ids])
    ends = np.concatenate([[0], np.cumsum(lengths)])
    flat = np.concatenate(ids) if len(ids) else np.zeros(0, np.int32)
    m = sparse.csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(ids), rows))
    m.sum_duplicates()
    return m


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)


def overlaps(tokens, normalized, ids, ends, rows):
    """How many characters each piece shares with each of the teacher's tokens:
    a sparse matrix pieces × tokens. Both ways of cutting cover the same text but
    for spaces; a text whose folded form is longer or shorter is left out."""
    row, col, at, used = [], [], 0, 0
    for toks, text, piece, end in zip(tokens, normalized, ids, ends):
        sizes = [len(t.replace("\u2581", "")) for t in toks]
        begin = np.concatenate([[0], end[:-1]])
        marks = np.array([text[b] == " " for b in begin], np.int64)
        widths = end - begin - marks
        total = sum(sizes)
        if total == widths.sum():
            row.append(np.repeat(piece, widths))
            col.append(np.repeat(np.arange(len(toks)) + at, sizes))
            used += 1
        at += len(toks)
    row, col = np.concatenate(row), np.concatenate(col)
    m = sparse.coo_matrix((np.ones(len(row), np.float32), (row, col)), shape=(rows, at)).tocsr()
    m.sum_duplicates()
    return m, used


def mean_states(overlap, states, chunk=200_000):
    """Mean of the states of the tokens that each piece lies over, and the weight of each mean."""
    total = np.zeros((overlap.shape[0], states.shape[1]), np.float32)
    by_token = overlap.tocsc()
    for a in range(0, states.shape[0], chunk):
        b = min(a + chunk, states.shape[0])
        total += by_token[:, a:b].tocsr() @ states[a:b].astype(np.float32)
    weight = np.asarray(overlap.sum(1)).ravel()
    return total / np.maximum(weight, 1)[:, None], weight


def transport(source, target, weight, enough, strength=10.0, shrink=5.0):
    """Fills in what is unknown: a linear map source → target is fitted on the
    rows with weight enough, and each row becomes the mean of its own target and
    of the map's guess, by weight."""
    known = weight >= enough
    x = np.hstack([source, np.ones((len(source), 1), np.float32)])
    xk = x[known]
    gram = xk.T @ xk + strength * np.eye(x.shape[1], dtype=np.float32)
    guess = x @ np.linalg.solve(gram, xk.T @ target[known])
    share = (weight / (weight + shrink))[:, None].astype(np.float32)
    fit = 1 - ((target[known] - guess[known]) ** 2).sum() / ((target[known] - target[known].mean(0)) ** 2).sum()
    return share * target + (1 - share) * guess, fit


def ridge(x, target, start, strength, rounds=25):
    """Rows E near start with x E ≈ target: (xᵀx + λ)(E − start) = xᵀ(target − x start), by conjugate gradients."""
    right = x.T @ (target - x @ start)
    d, r = np.zeros_like(start), right
    p, rr = r.copy(), (r * r).sum(0)
    for _ in range(rounds):
        ap = x.T @ (x @ p) + strength * p
        a = rr / np.maximum((p * ap).sum(0), 1e-20)
        d += a * p
        r = r - a * ap
        new = (r * r).sum(0)
        p = r + (new / np.maximum(rr, 1e-20)) * p
        rr = new
    return start + d


class Adam:
    """Adam on the rows of a table that a batch touches."""

    def __init__(self, table):
        self.m, self.v = np.zeros_like(table), np.zeros_like(table)
        self.n = np.zeros(len(table), np.float32)

    def step(self, table, rows, grad, rate, b1=0.9, b2=0.98):
        self.n[rows] += 1
        n = self.n[rows][:, None]
        m = self.m[rows] * b1 + (1 - b1) * grad
        v = self.v[rows] * b2 + (1 - b2) * grad * grad
        self.m[rows], self.v[rows] = m, v
        table[rows] -= rate * (m / (1 - b1 ** n)) / (np.sqrt(v / (1 - b2 ** n)) + 1e-8)


def softmax_loss(score, want, scale):
    """Cross entropy of score/τ rows against column want, its mean and its gradient by score."""
    z = score * scale
    z -= z.max(1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(1, keepdims=True)
    k = np.arange(len(want))
    loss = -np.log(np.maximum(z[k, want], 1e-9)).mean()
    z[k, want] -= 1
    z *= scale / len(want)
    return loss, z


def sums_gradient(table, bag, rows, grad_unit, units, norms):
    """Gradient by the rows that bag uses, from that by the unit sentence vectors."""
    g = (grad_unit - (grad_unit * units).sum(1, keepdims=True) * units) / norms
    return bag.T @ g
