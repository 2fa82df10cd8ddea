# SPDX-License-Identifier: GPL-3.0-only
"""The parts of the smoke test of a built program. Standard library only: a new machine runs it as it is."""
