# SPDX-License-Identifier: GPL-3.0-only
"""The window: widgets and plots that show what the engine says. No files, no devices."""
