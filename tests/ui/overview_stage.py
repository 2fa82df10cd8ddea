# SPDX-License-Identifier: GPL-3.0-only
"""The Overview over a real bench, with ports that a test plugs, and settings in a real file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtleak_gui.core.settings import Settings
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.pages.overview.overview_page import OverviewPage
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.engine.bench_kit import benched
from tests.engine.port_kit import Plugs, keeping, looking

WIDE, NARROW = (1080, 716), (904, 516)
PICTURES = Path(__file__).parents[2] / "build" / "pages"


class Stage(NamedTuple):
    """What a test of the Overview holds in its hands."""

    page: OverviewPage
    bench: Bench
    keeper: SettingsKeeper
    ports: PortWatch
    plugs: Plugs


@contextmanager
def overview(qtbot: QtBot, folder: Path, theme: ThemeKeeper, settings: Settings | None = None) -> Iterator[Stage]:
    """Show the Overview of a bench that has nothing yet."""
    plugs = Plugs()
    with ExitStack() as held:
        watched = held.enter_context(benched(qtbot, folder))
        ports = held.enter_context(looking(plugs))
        keeper = held.enter_context(keeping(folder, settings or Settings()))
        page = OverviewPage(watched.bench, theme, keeper, ports=ports)
        page.setProperty("kind", "page")
        qtbot.addWidget(page)
        page.resize(*WIDE)
        page.show()
        yield Stage(page, watched.bench, keeper, ports, plugs)
        page.hide()


def has_heap(bench: Bench) -> bool:
    """Return whether a live board has told its heap and who it is."""
    session = bench.current
    if session is None or session.link.phase != "live":
        return False
    return session.free_heap is not None and session.firmware is not None


def keep_picture(page: OverviewPage, name: str) -> None:
    """Keep a picture of the page for eyes, in build/pages."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for width, height in (WIDE, NARROW):
        page.resize(width, height)
        page.refresh()
        QApplication.processEvents()
        assert page.grab().save(str(PICTURES / f"{name}-{width}x{height}.png"))
    page.resize(*WIDE)
