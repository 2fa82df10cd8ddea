# SPDX-License-Identifier: GPL-3.0-only
"""One target under atheris: ``python -m tests.fuzz.child NAME [option of libFuzzer | folder ...]``."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import atheris


def main(name: str, words: list[str]) -> None:
    """Fuzz until libFuzzer ends the process."""
    with atheris.instrument_imports(include=["mtleak_gui"]):
        target = import_module(f"tests.fuzz.fuzz_{name}")
    # Its own collections would make an input look slow that is not.
    gc.freeze()
    atheris.Setup([sys.argv[0], *words], target.one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
