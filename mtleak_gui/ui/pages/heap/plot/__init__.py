# SPDX-License-Identifier: GPL-3.0-only
"""The heap plot: painted layers over a pyqtgraph view."""
