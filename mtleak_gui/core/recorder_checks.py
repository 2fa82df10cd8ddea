# SPDX-License-Identifier: GPL-3.0-only
"""What can be wrong with the recorder and the disk. Each check is one function with one row in the table."""

from __future__ import annotations

from collections.abc import Callable

from mtleak_gui.core import wording
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.screen_words import byte_size
from mtleak_gui.core.thing_to_fix import Thing

FEW_DAYS = 2.0


def _writing_fails(recorder: RecorderState) -> Thing | None:
    if recorder.trouble is None:
        return None
    text = f"{recorder.trouble} Rows wait in memory and are written as soon as that works again."
    return Thing("trouble", "danger", "Rows cannot be written", text, action="open_folder", may_be_ignored=False)


def _rows_were_lost(recorder: RecorderState) -> Thing | None:
    if not recorder.rows_lost:
        return None
    lost = wording.count(recorder.rows_lost, "row")
    text = f"{lost} could not be kept since the recording began. The places are marked in the events."
    why = "Rows wait in memory while the disk refuses them; when that is full, the oldest are dropped and counted."
    return Thing("rows_lost", "danger", "Rows were lost", text, why, "open_folder", may_be_ignored=False)


def _writes_failed(recorder: RecorderState) -> Thing | None:
    if recorder.trouble is not None or not recorder.write_errors or recorder.rows_lost:
        return None
    times = wording.count(recorder.write_errors, "write")
    text = f"{times} failed and worked when tried again; no row was lost. Look at the disk of the recording."
    return Thing("write_errors", "warn", "The disk refused rows for a while", text, action="open_folder")


def _disk_nearly_full(recorder: RecorderState) -> Thing | None:
    room = recorder.free_above_reserve
    if room is None or recorder.read_only or recorder.folder is None:
        return None
    if not room:
        text = "The disk has no room beyond the reserve. Free some, or choose another folder, then record again."
        return Thing("disk_full", "danger", "The recording cannot go on", text, action="settings", may_be_ignored=False)
    if recorder.days_left is None or recorder.days_left >= FEW_DAYS:
        return None
    text = f"{byte_size(room)} are left above the reserve, about {recorder.days_left * 24:.0f} h at this rate."
    why = "The recording stops by itself at the reserve, so that the computer stays usable."
    return Thing("disk_low", "warn", "The disk is nearly full", text, why, "settings")


def _paused(recorder: RecorderState) -> Thing | None:
    if not recorder.paused:
        return None
    reason = f" ({recorder.pause_reason})" if recorder.pause_reason else ""
    text = f"What boards say now is not kept{reason}. Resume when the reason is gone."
    return Thing("paused", "neutral", "The recording is paused", text, action="start_recording", may_be_ignored=False)


RECORDER_CHECKS: tuple[Callable[[RecorderState], Thing | None], ...] = (
    _writing_fails,
    _rows_were_lost,
    _writes_failed,
    _disk_nearly_full,
    _paused,
)
