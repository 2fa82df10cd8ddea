# SPDX-License-Identifier: GPL-3.0-only
"""Two writers of one JSON object: each change survives, whoever saved last."""

from __future__ import annotations

from typing import Any

import pytest

from mtleak_gui.core.three_way import merged

BASE = {"theme": "light", "size": 12, "window": {"page": "heap", "span": "6h"}, "keys": {"mark": "M"}}


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (BASE, BASE, BASE),
        (BASE | {"theme": "dark"}, BASE | {"size": 14}, BASE | {"theme": "dark", "size": 14}),
        (BASE | {"size": 9}, BASE | {"size": 14}, BASE | {"size": 9}),
        (BASE, BASE | {"new": {"from": "later"}}, BASE | {"new": {"from": "later"}}),
        (BASE | {"keys": {}}, BASE, BASE | {"keys": {}}),
        (BASE | {"keys": {}}, BASE | {"keys": {"mark": "M", "find": "F2"}}, BASE | {"keys": {"find": "F2"}}),
        (
            BASE | {"window": {"page": "logbook", "span": "6h"}},
            BASE | {"window": {"page": "heap", "span": "1h"}},
            BASE | {"window": {"page": "logbook", "span": "1h"}},
        ),
        (BASE, {}, {}),
        (BASE | {"theme": "dark"}, {}, {"theme": "dark"}),
        (BASE | {"window": {"page": "reports", "span": "6h"}}, {}, {"window": {"page": "reports"}}),
        (
            BASE | {"window": {"page": "reports", "span": "6h"}},
            {"window": 3},
            {"window": {"page": "reports", "span": "6h"}},
        ),
        (BASE, {"window": 3}, {"window": 3}),
    ],
)
def test_only_what_we_changed_is_written_over_theirs(ours: Any, theirs: Any, expected: Any) -> None:
    assert merged(BASE, ours, theirs) == expected
