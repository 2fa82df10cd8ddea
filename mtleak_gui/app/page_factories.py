# SPDX-License-Identifier: GPL-3.0-only
"""How each page is made. Its modules are imported when it is: pyqtgraph alone takes half a second."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from mtleak_gui.app.engine_parts import EngineParts
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.main_window import PageFactory
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


def page_factories(engine: EngineParts, theme: ThemeKeeper, settings: SettingsKeeper) -> Mapping[str, PageFactory]:
    """Return how to make the pages of the page table."""

    def overview() -> QWidget:
        from mtleak_gui.ui.pages.overview.overview_page import OverviewPage  # noqa: PLC0415

        return OverviewPage(engine.bench, theme, settings, ports=engine.ports)

    def heap() -> QWidget:
        from mtleak_gui.ui.pages.heap.heap_page import HeapPage  # noqa: PLC0415

        return HeapPage(engine.bench, theme, engine.disk)

    def logbook() -> QWidget:
        from mtleak_gui.ui.pages.logbook.logbook_page import LogbookPage  # noqa: PLC0415

        return LogbookPage(engine.bench, theme, settings, engine.queries)

    def reports() -> QWidget:
        from mtleak_gui.ui.pages.reports.reports_page import ReportsPage  # noqa: PLC0415

        return ReportsPage(engine.bench, theme, engine.disk, engine.shelf)

    def settings_page() -> QWidget:
        from mtleak_gui.storage.third_party_notices import third_party_notices  # noqa: PLC0415
        from mtleak_gui.ui.pages.settings.settings_page import SettingsPage  # noqa: PLC0415

        notices = partial(third_party_notices, theme.resources)
        return SettingsPage(engine.bench, theme, settings, disk=engine.disk, places=engine.places, notices=notices)

    return {
        "overview": overview,
        "heap": heap,
        "logbook": logbook,
        "reports": reports,
        "settings": settings_page,
    }
