# SPDX-License-Identifier: GPL-3.0-only
"""Recordings and other files on disk. No Qt."""
