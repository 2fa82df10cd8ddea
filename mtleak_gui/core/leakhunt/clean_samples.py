# SPDX-License-Identifier: GPL-3.0-only
"""Which readings count as samples, how often they come, and where they are missing."""

from __future__ import annotations

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats, Samples
from mtleak_gui.core.leakhunt.thresholds import CADENCES_OF_GAP, LARGEST_VALUE, UNSUPPORTED_FROM


def clean_samples(samples: Samples, start: float, end: float, *, is_heap: bool) -> tuple[Samples, int]:
    """Return the samples of the window that are readings, ascending in time, and how many say "not reported".

    A reading that was told twice (same time, value, source and uptime) counts once: it is no more evidence.
    """
    ts, value = samples.ts, samples.value
    with np.errstate(invalid="ignore"):
        good = np.isfinite(ts) & np.isfinite(value) & (ts >= start) & (ts <= end) & (np.abs(value) < LARGEST_VALUE)
        reported = (value > 0) & (value < UNSUPPORTED_FROM) if is_heap else np.ones(value.size, bool)
    kept = np.nonzero(good & reported)[0]
    order = kept[np.argsort(ts[kept], kind="stable")]
    codes, stated = samples.source_code, samples.uptime_s
    cleaned = Samples(
        ts[order],
        value[order],
        samples.source,
        codes[order] if codes.size == ts.size else np.empty(0, np.int8),
        stated[order] if stated.size == ts.size else np.full(order.size, np.nan),
    )
    return _told_once(cleaned), int(np.count_nonzero(good & ~reported))


def _told_once(samples: Samples) -> Samples:
    ts = samples.ts
    if not (ts[1:] == ts[:-1]).any():
        return samples
    codes = samples.source_code if samples.source_code.size else np.zeros(ts.size, np.int8)
    columns = (np.nan_to_num(samples.uptime_s, nan=-1.0), codes, samples.value, ts)
    order = np.lexsort(columns)
    repeated = np.logical_and.reduce([column[order][1:] == column[order][:-1] for column in columns])
    # The sort is stable: of equal readings the first in row order is kept.
    kept = np.sort(order[np.concatenate(([True], ~repeated))])
    return Samples(
        ts[kept],
        samples.value[kept],
        samples.source,
        samples.source_code[kept] if samples.source_code.size else samples.source_code,
        samples.uptime_s[kept],
    )


def cadence_of(ts: Floats) -> float | None:
    """Return the usual distance of two samples in seconds: the median of the distances that are not zero."""
    apart = np.diff(ts)
    apart = apart[apart > 0]
    return float(np.median(apart)) if apart.size else None


def gaps_of(ts: Floats, cadence_s: float | None) -> tuple[tuple[float, float], ...]:
    """Return (start, end) of the stretches without samples that are longer than three cadences."""
    if cadence_s is None:
        return ()
    wide = np.nonzero(np.diff(ts) > CADENCES_OF_GAP * cadence_s)[0]
    return tuple((float(ts[i]), float(ts[i + 1])) for i in wide)


def sources_of(samples: Samples) -> tuple[tuple[str, int], ...]:
    """Return (source, samples), most first."""
    if not samples.source or not samples.source_code.size:
        return ()
    counts = np.bincount(np.clip(samples.source_code, 0, len(samples.source) - 1), minlength=len(samples.source))
    named = [(name, int(count)) for name, count in zip(samples.source, counts, strict=True) if count]
    return tuple(sorted(named, key=lambda item: -item[1]))
