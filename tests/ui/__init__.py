# SPDX-License-Identifier: GPL-3.0-only
"""Tests of the window: real widgets offscreen, real boards behind them."""
