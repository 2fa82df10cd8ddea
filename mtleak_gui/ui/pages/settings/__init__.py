# SPDX-License-Identifier: GPL-3.0-only
"""The page of settings, section by section."""
