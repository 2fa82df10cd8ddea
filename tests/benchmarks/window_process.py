# SPDX-License-Identifier: GPL-3.0-only
"""The real program in a process and a home of its own, with a module in it that looks at it from inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
# Not with ``-m``: the query process loads the main module anew, and that of the real program is light.
_MAIN = "import sys; from {} import main; sys.exit(main(*sys.argv[1:]))"


def started_window(module: str, home: str, *words: str) -> subprocess.Popen[bytes]:
    """Start ``main(*words)`` of a module, offscreen; it writes what it found as JSON to ``$BENCH_RESULT``."""
    places = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    environment = {**os.environ, **dict.fromkeys(places, home), "QT_QPA_PLATFORM": "offscreen"}
    environment |= {"BENCH_RESULT": f"{home}/result.json", "OPENBLAS_NUM_THREADS": "1"}
    # As an installed program has it: with its modules compiled, which the first start does.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen([sys.executable, "-c", _MAIN.format(module), *words], cwd=_ROOT, env=environment)


def result_of(window: subprocess.Popen[bytes], home: str, within_s: float = 40.0) -> dict[str, Any]:
    """Wait for its end; return what it found. Raises ``AssertionError`` when it did not end well."""
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
