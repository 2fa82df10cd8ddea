# SPDX-License-Identifier: GPL-3.0-only
"""The shelf of saved reports: what is saved can be listed, read, deleted and brought back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mtleak_gui.core.leakhunt.evidence import Device
from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.report import full_text
from mtleak_gui.core.leakhunt.report_view import report_view
from mtleak_gui.core.leakhunt.saved_report import DamagedReportError, NoSuchReportError
from mtleak_gui.storage.report_shelf import ReportShelf
from tests.core.leakhunt import facts_by_hand, verdicts_by_hand

NOW = 1_795_021_600.0


class Clock:
    """Advances by a minute at each look."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        self.now += 60
        return self.now


@pytest.fixture
def shelf(tmp_path: Path) -> ReportShelf:
    return ReportShelf(tmp_path / "reports", Clock())


def test_an_empty_shelf_lists_nothing(shelf: ReportShelf) -> None:
    assert shelf.reports() == ()


def test_a_report_is_saved_in_all_formats_and_listed(shelf: ReportShelf, tmp_path: Path) -> None:
    verdict = verdicts_by_hand.verdict("slow_leak")
    saved = shelf.save(verdict, tmp_path / "bench", facts_by_hand.ZONE)
    names = {path.name for path in saved.folder.iterdir()}
    assert names == {
        *("report.md", "report.json", "report.html", "report.txt", "plot.svg"),
        *("saved.json", "view.json"),
    }
    assert shelf.reports() == (saved,)
    assert saved.label is not None
    assert (saved.label.verdict, saved.label.recording) == ("slow_leak", str(tmp_path / "bench"))
    assert (saved.label.title, saved.label.device, saved.label.window) == ("bench-a, 6 h to 19:06", "bench-a", "6 h")
    assert (saved.label.summary, saved.label.remark) == ("−82 B/min", "burst-start")
    assert saved.bytes == sum(path.stat().st_size for path in saved.folder.iterdir())
    assert shelf.text(saved.name) == full_text(verdict, facts_by_hand.ZONE)
    assert shelf.value(saved.name)["suspect"] == "Router"


def test_reports_are_listed_newest_first_and_never_replace_each_other(tmp_path: Path) -> None:
    shelf = ReportShelf(tmp_path, lambda: NOW)
    verdict = verdicts_by_hand.verdict("steady")
    first, second = shelf.save(verdict), shelf.save(verdict)
    assert first.folder != second.folder
    later = ReportShelf(tmp_path, lambda: NOW + 3_600).save(verdicts_by_hand.verdict("recovery"))
    assert [report.name for report in shelf.reports()] == [later.name, second.name, first.name]


def test_a_deleted_report_can_be_brought_back(shelf: ReportShelf) -> None:
    kept, gone = (shelf.save(verdicts_by_hand.verdict(case)) for case in ("steady", "reboot"))
    shelf.delete(gone.name)
    assert shelf.reports() == (kept,)
    shelf.undo_delete(gone.name)
    assert shelf.reports() == (gone, kept)


def test_what_was_forgotten_cannot_be_brought_back(shelf: ReportShelf) -> None:
    saved = shelf.save(verdicts_by_hand.verdict("steady"))
    shelf.delete(saved.name)
    shelf.forget_deleted()
    with pytest.raises(NoSuchReportError, match="steady"):
        shelf.undo_delete(saved.name)


@pytest.mark.parametrize("name", ["..", "../secret", "", ".deleted", "no such report"])
def test_a_name_never_leads_out_of_the_shelf(name: str, shelf: ReportShelf, tmp_path: Path) -> None:
    shelf.save(verdicts_by_hand.verdict("steady"))
    (tmp_path / "secret").mkdir()
    with pytest.raises(NoSuchReportError):
        shelf.delete(name)
    assert (tmp_path / "secret").is_dir()


def test_a_device_name_from_the_air_makes_a_harmless_folder(shelf: ReportShelf, tmp_path: Path) -> None:
    facts = verdicts_by_hand.steady()
    device = Device(None, name="../../CON:\x00<script>" + "x" * 300)
    saved = shelf.save(judge(replace(facts, evidence=replace(facts.evidence, device=device))))
    assert saved.folder.parent == tmp_path / "reports"
    assert len(saved.folder.name.encode()) <= 80


def test_folders_that_are_no_reports_and_interrupted_saves_are_passed_over(shelf: ReportShelf, tmp_path: Path) -> None:
    saved = shelf.save(verdicts_by_hand.verdict("steady"))
    (tmp_path / "reports" / "holiday pictures").mkdir()
    (tmp_path / "reports" / "half.tmp").mkdir()
    (tmp_path / "reports" / "notes.txt").write_text("mine")
    assert shelf.reports() == (saved,)
    shelf.forget_deleted()
    left = {path.name for path in (tmp_path / "reports").iterdir()}
    assert left == {saved.name, "holiday pictures", "notes.txt"}


def test_what_a_window_shows_is_read_back_as_it_was_saved(shelf: ReportShelf) -> None:
    for case in verdicts_by_hand.CASES:
        verdict = verdicts_by_hand.verdict(case)
        saved = shelf.save(verdict, zone=facts_by_hand.ZONE)
        assert shelf.view(saved.name) == report_view(verdict, facts_by_hand.ZONE)


def test_a_report_keeps_the_name_that_it_was_given(shelf: ReportShelf) -> None:
    saved = shelf.save(verdicts_by_hand.verdict("steady"))
    named = shelf.rename(saved.name, "  after the\nfix of #2358 ")
    assert named.label is not None
    assert (named.label.title, named.label.renamed) == ("after the fix of #2358", True)
    assert shelf.rename(saved.name, "   ") == named
    assert shelf.reports() == (named,)


def test_a_report_is_copied_out_byte_for_byte(shelf: ReportShelf, tmp_path: Path) -> None:
    saved = shelf.save(verdicts_by_hand.verdict("slow_leak"))
    shelf.copy_out(saved.name, "text", tmp_path / "for the issue.txt")
    assert (tmp_path / "for the issue.txt").read_text(encoding="utf-8") == shelf.text(saved.name)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"saved": "yesterday"}', b"\xff\xfe"])
def test_a_damaged_report_is_listed_as_such(content: bytes, shelf: ReportShelf) -> None:
    good, bad = (shelf.save(verdicts_by_hand.verdict(case)) for case in ("steady", "reboot"))
    (bad.folder / "saved.json").write_bytes(content)
    (bad.folder / "view.json").write_bytes(content)
    listed = {report.name: report for report in shelf.reports()}
    assert listed[good.name] == good
    assert listed[bad.name].label is None
    assert "saved.json cannot be read" in (listed[bad.name].damage or "")
    with pytest.raises(DamagedReportError, match=r"view\.json"):
        shelf.view(bad.name)
    assert shelf.text(bad.name).startswith("/leakhunt")
