# SPDX-License-Identifier: GPL-3.0-only
"""Choosing a board: the port picker and what it leads to."""
