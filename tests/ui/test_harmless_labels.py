# SPDX-License-Identifier: GPL-3.0-only
"""Labels, tips, menu words, table files, names of files and the terminal: nasty text stays text everywhere."""

from __future__ import annotations

import csv
import io
import logging
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from mtleak_gui.app.program_log import _HarmlessFormatter
from mtleak_gui.cli.live_line import LiveLine
from mtleak_gui.core.wording import single_line
from mtleak_gui.storage.places import folder_name
from mtleak_gui.ui.pages.heap.csv_export import SampleTable, csv_text
from mtleak_gui.ui.pages.heap.plot_saver import caption
from mtleak_gui.ui.widgets.labels import ElidedLabel, as_words, label, plain_tip
from tests.hostile.nasty_texts import CONTROLS, NASTY
from tests.ui.rich_text_watch import troubles


@pytest.mark.parametrize("text", NASTY)
def test_labels_and_tips_show_words_alone(qapp: QApplication, text: str) -> None:
    for made in (label(text), label(text, wrap=True), ElidedLabel(text), label()):
        made.setText(text)
        made.setToolTip(plain_tip(text))
        assert troubles([made]) == []
    document = QTextDocument()
    document.setHtml(plain_tip(text))
    assert len(document.toPlainText()) < 10_000


@pytest.mark.parametrize("text", NASTY)
def test_menus_underline_no_letter_and_name_no_key(text: str) -> None:
    words = as_words(text)
    assert "\t" not in words
    assert "&" not in words.replace("&&", "")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("text", NASTY)
def test_a_table_file_holds_no_formula_and_no_row_of_others(text: str, separator: str) -> None:
    one = np.array([1.0])
    written = csv_text(SampleTable((text, "fit"), text, one, one, one, np.array([0], np.int8)))
    assert len(written.splitlines()) == 4
    cells = [cell.strip() for row in csv.reader(io.StringIO(written), delimiter=separator) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("text", NASTY)
def test_names_of_files_stay_in_their_folder(text: str, tmp_path: Path) -> None:
    for name in (caption(text, "free_heap", "", 0.0, 1.0).file_stem, folder_name(text)):
        made = tmp_path / f"{name}.png"
        made.write_bytes(b"")
        assert made.resolve().parent == tmp_path.resolve()
        assert not name.startswith(("-", "."))


def test_one_line_has_no_flood_of_accents_and_no_strange_blanks() -> None:
    assert single_line("e\u0301" + "\u0301" * 50) == "e" + "\u0301" * 4
    assert single_line("a\u3164\u2800b") == "a b"


def test_a_terminal_is_told_no_escape_sequences() -> None:
    out = io.StringIO()
    LiveLine(out).say(CONTROLS)
    assert not [letter for letter in out.getvalue().rstrip("\n") if not letter.isprintable()]


def test_the_log_of_the_program_has_no_line_that_others_wrote() -> None:
    record = logging.LogRecord("x", logging.WARNING, "", 1, "%s", (f"gone\n2026-01-01 ERROR {CONTROLS}",), None)
    written = _HarmlessFormatter("%(levelname)s %(message)s").format(record)
    assert [line.startswith("    ") for line in written.split("\n")] == [False, True]
    assert "\x1b" not in written
