# SPDX-License-Identifier: GPL-3.0-only
"""Names of telemetry fields: snake or camel case, old and new names of the heap figures; which values are samples."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_SAME_FIELD = {"freeheap": "heapfreebytes", "totalheap": "heaptotalbytes"}
"""Names that LocalStats and older protobufs give to the same figure."""
NOT_REPORTED = 0xFFFFFF00
"""Heap figures from here on are 32-bit stand-ins for "unknown" (4294967295 and small negatives)."""


def canonical_field(name: str) -> str:
    """Return the spelling under which ``free_heap``, ``freeHeap``, ``heap_free_bytes``, ``heapFreeBytes`` are one."""
    plain = name.replace("_", "").lower()
    return _SAME_FIELD.get(plain, plain)


def is_heap_field(name: str) -> bool:
    """Return whether the field counts bytes of heap."""
    return "heap" in canonical_field(name)


def reported(name: str, values: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_] | None:
    """Return which ``values`` of the field are samples, ``None`` when all are.

    Heap figures that are zero, negative or from :data:`NOT_REPORTED` on are none.
    """
    if not is_heap_field(name) or not len(values):
        return None
    if float(values.min()) > 0 and float(values.max()) < NOT_REPORTED:
        return None
    kept: npt.NDArray[np.bool_] = (values > 0) & (values < NOT_REPORTED)
    return kept
