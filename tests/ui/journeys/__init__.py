# SPDX-License-Identifier: GPL-3.0-only
"""The tester's journeys, driven through the real program: application, window, engine, query process, virtual boards."""
