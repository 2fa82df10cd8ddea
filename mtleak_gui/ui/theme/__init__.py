# SPDX-License-Identifier: GPL-3.0-only
"""Colours, type and icons: one home each, switched live."""
