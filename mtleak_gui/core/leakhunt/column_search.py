# SPDX-License-Identifier: GPL-3.0-only
"""Which one column, or which two, of many lower the squared error most when added to a fit: all tried at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats

_TINY = 1e-9


class Fit(NamedTuple):
    """A fit's orthonormal basis (n, p) and what it leaves of ``y`` (n,)."""

    basis: Floats
    residual: Floats

    @property
    def rss(self) -> float:
        """Return the sum of the squared residuals."""
        return float(self.residual @ self.residual)


def fit(columns: Floats, y: Floats) -> Fit:
    """Return the least-squares fit of ``y`` by the columns (n, p)."""
    basis = np.linalg.qr(columns)[0]
    return Fit(basis, y - basis @ (basis.T @ y))


def best_column(start: Fit, candidates: Floats) -> tuple[int, float]:
    """Return the index of the column that lowers the squared error most, and by how much."""
    left, norms = _unexplained(start, candidates)
    gains = np.where(norms > _TINY, (left.T @ start.residual) ** 2 / np.maximum(norms, _TINY), 0.0)
    index = int(np.argmax(gains))
    return index, float(gains[index])


def best_two_columns(start: Fit, candidates: Floats, apart: int) -> tuple[int, int, float]:
    """Return the two columns, at least ``apart`` places from each other, that together lower the squared error most."""
    left, norms = _unexplained(start, candidates)
    gram = left.T @ left
    c = left.T @ start.residual
    det = norms[:, None] * norms - gram**2
    gains = c[:, None] ** 2 * norms - 2 * np.outer(c, c) * gram + c**2 * norms[:, None]
    far = np.triu(np.ones(gram.shape, bool), apart) & (det > _TINY)
    gains = np.where(far, gains / np.where(far, det, 1.0), 0.0)
    first, second = divmod(int(np.argmax(gains)), gains.shape[1])
    return first, second, float(gains[first, second])


def _unexplained(start: Fit, candidates: Floats) -> tuple[Floats, Floats]:
    left = candidates - start.basis @ (start.basis.T @ candidates)
    return left, np.einsum("ij,ij->j", left, left)
