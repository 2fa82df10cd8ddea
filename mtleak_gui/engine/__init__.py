# SPDX-License-Identifier: GPL-3.0-only
"""Threads, signals and state over QtCore. No widgets."""
