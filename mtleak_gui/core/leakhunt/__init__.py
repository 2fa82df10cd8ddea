# SPDX-License-Identifier: GPL-3.0-only
"""Leakhunt: reads a window of a recording and says whether the board leaks. Pure functions on frozen values."""
