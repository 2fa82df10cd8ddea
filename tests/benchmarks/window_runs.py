# SPDX-License-Identifier: GPL-3.0-only
"""Runs the real program, offscreen and in a home of its own, with something that looks at it from inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]


def started(module: str, home: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start ``main(*arguments)`` of a module that looks at the program; it writes what it found for ``result_of``."""
    # Not with ``-m``: the query process loads the main module anew, and that of the real program is light.
    main = f"import sys; from {module} import main; sys.exit(main(*sys.argv[1:]))"
    return subprocess.Popen([sys.executable, "-c", main, *arguments], cwd=_ROOT, env=environment(home))


def environment(home: str) -> dict[str, str]:
    """Return what the program is started with: everything of the user lies in ``home``."""
    places = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    given = {**os.environ, **dict.fromkeys(places, home), "QT_QPA_PLATFORM": "offscreen"}
    given |= {"BENCH_RESULT": f"{home}/result.json", "OPENBLAS_NUM_THREADS": "1"}
    # As an installed program has it: with its modules compiled, which the first start does.
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    return given


def result_of(window: subprocess.Popen[bytes], home: str, within_s: float = 40.0) -> dict[str, Any]:
    """Wait for the program's end and return what was found; raises ``AssertionError`` when it ended with an error."""
    try:
        code = window.wait(within_s)
    except subprocess.TimeoutExpired:
        window.kill()
        window.wait()
        raise
    if code != 0:
        raise AssertionError(f"the window ended with {code}")
    found: dict[str, Any] = json.loads(Path(home, "result.json").read_text())
    return found
