# SPDX-License-Identifier: GPL-3.0-only
"""Which recording is to be opened, and what came of it: frozen values between GUI and recorder thread."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.storage.rotation_limits import RotationLimits


class RecordingPlan(NamedTuple):
    """A recording to show; ``for_reading`` leaves its folder as it is, ``temporary`` removes it in the end."""

    folder: Path
    title: str
    clock: Clock
    limits: RotationLimits = RotationLimits()
    demo: bool = False
    temporary: bool = False
    for_reading: bool = False


class RecordingOpened(NamedTuple):
    """The recorder has let go of the recording before and turned to ``plan``; ``None``: to none.

    ``writable`` is false when it can only be read; ``notice`` says why where that was not asked for.
    """

    plan: RecordingPlan | None
    writable: bool = False
    notice: Notice | None = None
    state: RecorderState = RecorderState()
    """How the recorder stands with it."""
