# SPDX-License-Identifier: GPL-3.0-only
"""Runs modules that measure, each in a process of its own, prints their tables and writes all figures as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.figures import Figure, table


def run_modules(package: str, prefix: str, words: Sequence[str]) -> int:
    """Run ``package.<prefix><name>`` for the names among ``words``, or for all there are.

    ``--json FILE`` writes ``{"measured", "machine", "program", "peer", "figures": {name: [figure, ...]}}``.
    Returns 0 when each ran, whatever its figures; 1 when one broke; 2 for a name that does not exist.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {package}")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    asked = parser.parse_args(words)
    known = sorted(path.stem.removeprefix(prefix) for path in _folder(package).glob(f"{prefix}*.py"))
    if unknown := sorted(set(asked.names) - set(known)):
        print(f"nothing named {', '.join(unknown)} here; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    names: list[str] = asked.names or known
    broken = (
        _run_here(package, prefix, names[0], asked.json) if len(names) == 1 else _run_each(package, names, asked.json)
    )
    return min(broken, 1)


def _folder(package: str) -> Path:
    return Path(import_module(package).__path__[0])


def _run_here(package: str, prefix: str, name: str, json_file: Path | None) -> int:
    figures = import_module(f"{package}.{prefix}{name}").run()
    print(table(figures))
    if json_file is not None:
        write_figures(json_file, {name: figures})
    return 0


def _run_each(package: str, names: Sequence[str], json_file: Path | None) -> int:
    broken = 0
    told: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.json"
        for name in names:
            print(f"\n## {name}\n", flush=True)
            part.unlink(missing_ok=True)
            command = [sys.executable, "-m", package, name, "--json", str(part)]
            broken += subprocess.run(command, check=False).returncode != 0
            told |= json.loads(part.read_text("utf-8"))["figures"] if part.exists() else {name: "broke"}
    if json_file is not None:
        _write(json_file, told)
    return broken


def write_figures(json_file: Path, figures: Mapping[str, Sequence[Figure]]) -> None:
    """Write figures by the name of what was measured, under a head that tells date, machine and versions."""
    _write(json_file, {name: [asdict(figure) for figure in those] for name, those in figures.items()})


def _write(json_file: Path, figures: dict[str, object]) -> None:
    head = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}",
        "program": version("mtleak-gui"),
        "peer": f"meshtastic-mcp {version('meshtastic-mcp')}",
    }
    json_file.write_text(json.dumps(head | {"figures": figures}, indent=1) + "\n", "utf-8")
