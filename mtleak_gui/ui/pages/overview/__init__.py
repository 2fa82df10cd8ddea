# SPDX-License-Identifier: GPL-3.0-only
"""The Overview: tiles of boards, the recorder, things to fix, activity; the first-run view where there is nothing."""
