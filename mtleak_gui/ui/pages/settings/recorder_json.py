# SPDX-License-Identifier: GPL-3.0-only
"""The state of the recorder, and items that were heard, as JSON to read."""

from __future__ import annotations

import json
from collections.abc import Mapping

from mtleak_gui.core.recorder_state import RecorderState


def status_json(state: RecorderState) -> str:
    """Return the whole state, indented."""
    return json.dumps(_plain(state), indent=2)


def item_json(stream: str, item: tuple[object, ...]) -> str:
    """Return one item in one line, its stream first; what it does not state is left out."""
    fields = _plain(item)
    stated = {name: value for name, value in fields.items() if value is not None} if isinstance(fields, dict) else {}
    return json.dumps({"stream": stream, **stated}, ensure_ascii=True)


def _plain(value: object) -> object:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(field) for name, field in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(name): _plain(field) for name, field in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(field) for field in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)
