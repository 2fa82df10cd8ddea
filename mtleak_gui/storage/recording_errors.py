# SPDX-License-Identifier: GPL-3.0-only
"""What a recording refuses. The texts say what to do."""


class RecordingPausedError(Exception):
    """A mark was set while the recording is paused."""


class RecordingStoppedError(Exception):
    """Something was asked of a recording that is stopped or closed."""
