# SPDX-License-Identifier: GPL-3.0-only
"""Coordinates are taken out of what is given away, and other figures stay."""

from __future__ import annotations

import json

import pytest

from mtleak_gui.core.positions import may_hold_position, names_coordinate, without_positions

GONE = "[position removed]"


@pytest.mark.parametrize(
    ("printed", "given"),
    [
        (
            "POSITION node=deadbeef l=4 lat=521234567 lon=-210123456 msl=3",
            f"POSITION node=deadbeef l=4 lat={GONE} lon={GONE} msl=3",
        ),
        ('{"latitude_i":521500000,"sender":"!a"}', f'{{"latitude_i":{GONE},"sender":"!a"}}'),
        ("Latitude: 52.5 Longitude: 13.4", f"Latitude: {GONE} Longitude: {GONE}"),
        ("$GPGGA,123519,4807.038,N,01131.000,E,1,08", f"$GPGGA,{GONE}"),
        ("see 52.12345, 21.12345 there", f"see {GONE} there"),
    ],
)
def test_coordinates_are_removed(printed: str, given: str) -> None:
    assert without_positions(printed) == given
    assert may_hold_position(json.dumps({"ts": 1795348800.123456, "line": printed}).lower().encode())


@pytest.mark.parametrize(
    "printed", ["latency=34 flat=3 alt=4", "heap 1.2345, 3", "free 123456, 5.4321", "colon: 5", "1700000000.12345, 1.5"]
)
def test_other_figures_stay(printed: str) -> None:
    assert without_positions(printed) == printed


def test_a_row_like_most_others_is_not_looked_through() -> None:
    row = {"ts": 1795348800.123456, "line": "DEBUG | 12:00:00 5 [Router] Received routing, hop_lim=3 [heap 123456]"}
    assert not may_hold_position(json.dumps(row).lower().encode())


@pytest.mark.parametrize(("name", "is_one"), [("lat", True), ("longitudeI", True), ("latency", False), ("flat", False)])
def test_names_of_coordinates_are_known(name: str, *, is_one: bool) -> None:
    assert names_coordinate(name) == is_one
