# SPDX-License-Identifier: GPL-3.0-only
"""Evidence made from a few arrays, for tests that know what must come out."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.evidence import Device, Evidence, Recorder, Request, Samples, SeenEvent

T0 = 1_790_000_000.0
Floats = npt.NDArray[np.float64]
PORT = "/dev/ttyUSB0"


def window(
    seconds: npt.ArrayLike,
    values: npt.ArrayLike,
    *,
    field: str = "free_heap",
    stated: npt.ArrayLike = (),
    length: float | None = None,
    **more: Any,
) -> Evidence:
    """Return the evidence of samples at ``seconds`` after T0; further fields of Evidence go through."""
    ts = T0 + np.asarray(seconds, np.float64)
    value = np.asarray(values, np.float64)
    finite = ts[np.isfinite(ts)]
    last = T0 + length if length is not None else float(finite.max()) if finite.size else T0
    newest = float(finite.max()) if finite.size else None
    return Evidence(
        request=Request(T0, last, port=PORT, field=field),
        now=last,
        recorder=Recorder("from_disk", newest, newest),
        device=Device(PORT),
        samples=Samples(ts, value, uptime_s=np.asarray(stated, np.float64)),
        **more,
    )


def uptimes(seconds: npt.ArrayLike, uptime: npt.ArrayLike, *, telemetry: bool = False) -> dict[str, Any]:
    """Return the Evidence fields for rows that state an uptime."""
    ts = T0 + np.asarray(seconds, np.float64)
    return {
        "uptime_ts": ts,
        "uptime_s": np.asarray(uptime, np.float64),
        "uptime_source": np.full(ts.size, int(telemetry), np.int8),
    }


def event(second: float, kind: str, label: str | None = None, **data: object) -> SeenEvent:
    """Return an event at ``second`` after T0."""
    return SeenEvent(T0 + second, kind, label, None, PORT, data or None)
