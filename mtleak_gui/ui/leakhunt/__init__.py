# SPDX-License-Identifier: GPL-3.0-only
"""Leakhunt in the window: what to judge, the verdict and all that it stands on."""
