# SPDX-License-Identifier: GPL-3.0-only
"""The strip at the foot of the window: how the recording stands, in one line."""
