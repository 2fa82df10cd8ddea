# SPDX-License-Identifier: GPL-3.0-only
"""Tests of the engine: real threads, real recordings, real boards."""
