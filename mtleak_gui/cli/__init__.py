# SPDX-License-Identifier: GPL-3.0-only
"""The headless commands: the same engine without a window."""
