# SPDX-License-Identifier: GPL-3.0-only
"""The pages in the order of the sidebar; the last one stands at its foot."""

from __future__ import annotations

from mtleak_gui.ui.sidebar import PageEntry

PAGES = (
    PageEntry("overview", "Overview", "view-dashboard-outline"),
    PageEntry("heap", "Heap", "chart-line"),
    PageEntry("logbook", "Logbook", "text-long"),
    PageEntry("reports", "Reports", "file-document-outline"),
    PageEntry("settings", "Settings", "cog-outline"),
)
