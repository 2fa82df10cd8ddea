# SPDX-License-Identifier: GPL-3.0-only
"""A virtual board that speaks the real protocol."""
