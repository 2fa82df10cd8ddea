# SPDX-License-Identifier: GPL-3.0-only
"""The tester's journeys, driven through the real program with its window, query process and virtual boards."""
