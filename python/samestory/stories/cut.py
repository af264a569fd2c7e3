"""Where to cut the dendrogram: the level at which articles fit their own story best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory.stories.evidence import Curve

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix


def criterion_curve(
    smoothed: csr_matrix, linkage: NDArray[np.float64], levels: NDArray[np.float64]
) -> Curve:
    n = smoothed.shape[0]
    S = (smoothed @ smoothed.T).toarray()
    np.fill_diagonal(S, 1.0)
    members = {i: [i] for i in range(n)}
    sums = {i: S[:, i].copy() for i in range(n)}
    own = np.arange(n)
    grans, crit = [1.0], [_mean(S, members, sums, own)]
    for k, (l, r, d, _) in enumerate(linkage.tolist()):
        l, r = int(l), int(r)
        members[n + k] = members.pop(l) + members.pop(r)
        sums[n + k] = sums.pop(l) + sums.pop(r)
        own[members[n + k]] = n + k
        if k + 1 < len(linkage) and linkage[k + 1, 2] <= d + 1e-12:
            continue
        nxt = 1 - linkage[k + 1, 2] if k + 1 < len(linkage) else 0.0
        grans.append((1 - d + nxt) / 2)
        crit.append(_mean(S, members, sums, own) if len(members) > 1 else -1.0)
    return Curve(np.array(grans), np.array(crit))


def _mean(S, members, sums, own, t=0.7):
    n = len(S)
    ids = list(members)
    size = np.array([len(members[i]) for i in ids], float)
    M = np.column_stack([sums[i] for i in ids]) / size
    pos = {c: k for k, c in enumerate(ids)}
    me = np.array([pos[o] for o in own])
    rows = np.arange(n)
    nn = size[me]
    a = np.where(nn > 1, (M[rows, me] * nn - 1) / np.maximum(nn - 1, 1), t)
    M[rows, me] = -1
    b = np.maximum(M.max(1), 0)
    s = (a - b) / np.maximum(np.maximum(1 - a, 1 - b), 1e-9)
    return float((s * np.log(2 + nn)).mean())
