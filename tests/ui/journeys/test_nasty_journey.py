# SPDX-License-Identifier: GPL-3.0-only
"""A board with a nasty name that says and quotes nasty things, all through the program: it stays words, and in place.

The pictures are for eyes: ``build/nasty/<page>.png``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from mtleak_gui.core.settings import LogPreset
from tests.hostile.nasty_texts import BIDI, HTML, NASTY, nasty_board, nasty_lines
from tests.hostile.tcp_way import on_tcp
from tests.ui.hands import words
from tests.ui.journeys.conftest import StartProgram
from tests.ui.journeys.driven_program import CTRL, PAGES, Program
from tests.ui.journeys.window_geometry import cut_words, outside
from tests.ui.rich_text_watch import troubles

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
_PICTURES = Path(__file__).parents[3] / "build" / "nasty"


def _windows() -> list[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if not isinstance(window, QMenu)]


def _menus(program: Program) -> list[QWidget]:
    menus: list[QMenu] = program.window.findChildren(QMenu)
    for menu in menus:
        menu.aboutToShow.emit()
    return [*menus]


def _look(program: Program, name: str) -> list[str]:
    _PICTURES.mkdir(parents=True, exist_ok=True)
    program.qtbot.wait(250)  # for the picture alone: what is still being worked out may join
    assert program.window.grab().save(str(_PICTURES / f"{name}.png"))
    found = [*troubles(_windows()), *cut_words(program.window), *outside(program.window)]
    return [f"{name}: {trouble}" for trouble in found]


def test_what_a_board_or_a_neighbour_writes_is_never_markup_and_never_out_of_place(start: StartProgram) -> None:
    with on_tcp(nasty_board()) as way:
        program = start()
        program.application.settings.change(
            quick_marks=("<b>&x</b>", "=1+1", "ok"), log_presets=(LogPreset(f"&{HTML}"[:40], {"pattern": "msg"}),)
        )
        program.window.resize(1280, 800)
        program.connect(way.address)
        for line in nasty_lines():
            way.tap.put_in(line)
        began = program.bench.now()
        for place, text in enumerate(NASTY):
            program.bench.mark(text.encode("utf-8", "replace").decode()[:300], HTML, began + place / 1_000)
        program.bench.mark(f"{BIDI}-start")
        program.until(lambda: any(mark.label.endswith("-start") for mark in program.bench.markers))
        program.until(lambda: len(program.logbook.sifter.store) > len(NASTY) * 2)
        found: list[str] = []
        for key in PAGES:
            program.show(key)
            found += _look(program, key)
        found += troubles(_menus(program))
        found += _logbook(program)
        found += _dialogs(program)
        assert not found, "\n".join(dict.fromkeys(found))
        program.quit()


def _logbook(program: Program) -> list[str]:
    program.show("logbook")
    found = []
    for name in ("packets", "events"):
        tab = [one for one in program.logbook.findChildren(QPushButton) if one.text().lower() == name]
        if tab and tab[0].isVisible():
            tab[0].click()
            found += _look(program, f"logbook-{name}")
    return found


def _dialogs(program: Program) -> list[str]:
    found: list[str] = []
    program.show("heap")
    program.key(Qt.Key.Key_L, CTRL)
    program.until(lambda: program.parts.leakhunt.panel is not None and program.panel.judged is not None)
    program.until(lambda: len(words(program.panel)) > 10)
    found += _look(program, "leakhunt")
    assert program.panel.grab().save(str(_PICTURES / "panel.png"))
    program.panel.activateWindow()
    program.panel.setFocus()
    program.key(Qt.Key.Key_S, CTRL)
    program.until(lambda: len(program.engine.shelf.reports()) == 1)
    program.parts.leakhunt.hide()
    [saved] = program.engine.shelf.reports()
    assert saved.folder.parent == program.engine.shelf.folder
    program.show("reports")
    program.until(lambda: program.reports.list.report == saved)
    found += _look(program, "reports-one")
    return found
