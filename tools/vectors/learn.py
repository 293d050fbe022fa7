"""The steps of learning: the teacher's states, contrast, fewer dimensions."""
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


def weigh(rows, script, count, a):
    """Rows less their script's mean, times a / (a + p), p a piece's share of the text."""
    p = count / count.sum()
    weight = (a / (a + p)).astype(np.float32)
    share = weight * np.maximum(count, 0.1)
    out = rows.copy()
    for s in np.unique(script):
        own = script == s
        out[own] -= (share[own, None] * out[own]).sum(0) / share[own].sum()
    out *= weight[:, None]
    out[0] = 0
    return out.astype(np.float32)


def reduce(rows, count, dims):
    """Rows turned so that the first dims dimensions hold most of the text's, the others left out;
    scaled so that a piece of running text is 1 long in the mean."""
    w = np.sqrt(count + 0.5)[:, None].astype(np.float32)
    _, axes = np.linalg.eigh((rows * w).T @ (rows * w))
    rows = rows @ axes[:, ::-1][:, :dims]
    mean = (np.linalg.norm(rows, axis=1) * count).sum() / count.sum()
    return (rows / mean).astype(np.float32)


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


JOINED = ((0, 2), (1, 2), (0, 1))  # the pairs of languages, by number
TAU, RATE, BATCH, STEPS = 0.1, 2e-3, 1536, 300


def contrast(start, groups, ids, count, say, figures, tau=TAU, rate=RATE, batch=BATCH, steps=STEPS, seed=3):
    """Pulls sentences of one group together and pushes all others of the batch away.

    A batch holds each group at most once, and of it one sentence of each of its
    languages, drawn anew each time: so a source with many renderings counts no
    more than one with few, and nothing in a batch is wrongly pushed apart. All
    sentences of a language in the batch are candidates, also those of groups
    that lack the other language.
    """
    rng = np.random.default_rng(seed)
    rows = start * (0.05 / start[count > 50].std())
    adam, order, losses = Adam(rows), [], []
    for step in range(steps):
        if len(order) < batch:
            order = list(rng.permutation(len(groups)))
        picked, order = order[:batch], order[batch:]
        side, place = [[], [], []], [{}, {}, {}]
        for k, g in enumerate(picked):
            for lang, own in enumerate(groups[g]):
                if own:
                    place[lang][k] = len(side[lang])
                    side[lang].append(ids[own[rng.integers(len(own))]])
        losses.append(_step(rows, adam, side, place, tau, rate * (1 - step / steps)))
        if (step + 1) % 50 == 0:
            say(f"step {step + 1} of {steps}, loss {np.mean(losses[-50:]):.4f}")
        if (step + 1) % 150 == 0:
            figures(f"contrast, {step + 1} steps", rows)
    return rows


def _step(rows, adam, side, place, tau, rate):
    """One batch: side holds the pieces of its sentences by language, place where each group's stands."""
    bag = bags(side[0] + side[1] + side[2], len(rows))
    used, inverse = np.unique(bag.indices, return_inverse=True)
    bag = sparse.csr_matrix((bag.data, inverse.astype(np.int32), bag.indptr), shape=(bag.shape[0], len(used)))
    sums = bag @ rows[used]
    norms = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    units = sums / norms
    ends = np.cumsum([0] + [len(s) for s in side])
    grad, total = np.zeros_like(units), 0.0
    for a, b in JOINED:
        both = [k for k in place[a] if k in place[b]]
        if not both:
            continue
        at = {a: np.array([place[a][k] for k in both]), b: np.array([place[b][k] for k in both])}
        for x, y in ((a, b), (b, a)):
            query, pool = units[ends[x] + at[x]], units[ends[y]:ends[y + 1]]
            loss, g = softmax_loss(query @ pool.T, at[y], np.float32(1 / tau))
            total += loss
            grad[ends[x] + at[x]] += g @ pool
            grad[ends[y]:ends[y + 1]] += g.T @ query
    grad = (grad - (grad * units).sum(1, keepdims=True) * units) / norms
    adam.step(rows, used, (bag.T @ grad).astype(np.float32), rate)
    return total
