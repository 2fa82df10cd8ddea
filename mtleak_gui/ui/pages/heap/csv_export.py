# SPDX-License-Identifier: GPL-3.0-only
"""The samples in view as a table of text. Runs in: disk worker."""

from __future__ import annotations

import csv
import io
import math
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.series_key import SOURCES
from mtleak_gui.core.wording import single_line

_CELL_START = re.compile(r"(^|[,;\t|])(\s*)(?=[=+@-])")
"""Where a table program may begin a cell, whatever it takes for a separator, with what it would take for a formula."""


class SampleTable(NamedTuple):
    """Samples to write, own arrays of shape (n,); ``about`` goes to the top as comments."""

    about: tuple[str, ...]
    field: str
    ts: Floats
    value: Floats
    uptime: Floats
    source: npt.NDArray[np.int8]


def write_csv(file: Path, table: SampleTable) -> Path:
    """Write the samples and return the file. Raises ``OSError`` when it cannot be written."""
    file.write_text(csv_text(table), "utf-8", newline="")
    return file


def csv_text(table: SampleTable) -> str:
    """Return comments, a header and one row for each sample; times as UTC and as epoch seconds."""
    out = io.StringIO()
    out.writelines(f"# {_as_text(line)}\n" for line in table.about)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("time_utc", "epoch_s", _as_text(table.field), "uptime_s", "source"))
    columns = (table.ts.tolist(), table.value.tolist(), table.uptime.tolist(), table.source.tolist())
    writer.writerows(
        (_time(ts), f"{ts:.3f}", f"{value:.10g}", "" if math.isnan(uptime) else f"{uptime:.10g}", SOURCES[source])
        for ts, value, uptime, source in zip(*columns, strict=True)
    )
    return out.getvalue()


def _as_text(words: str) -> str:
    """Return words of boards and people as one line in which no table program finds a formula or the end of a cell."""
    return _CELL_START.sub(r"\1\2'", single_line(words, 500).replace('"', "'"))


def _time(ts: float) -> str:
    return datetime.fromtimestamp(ts, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
