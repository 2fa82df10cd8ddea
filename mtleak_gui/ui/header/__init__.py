# SPDX-License-Identifier: GPL-3.0-only
"""The bar at the top of the window: the board, the recorder, marks and Leakhunt, from every page."""
