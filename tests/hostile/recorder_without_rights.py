# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui record`` as a user without rights: run as a program of its own, by root, whom no permission stops.

Everything is imported before the rights are given up, because the packages may lie where that user cannot read.

    python -m tests.hostile.recorder_without_rights USER ARGUMENT ...
"""

from __future__ import annotations

import importlib
import logging
import os
import pkgutil
import sys

import meshtastic.protobuf

import mtleak_gui.cli
import mtleak_gui.core
import mtleak_gui.engine
import mtleak_gui.link
import mtleak_gui.storage
from mtleak_gui.__main__ import main


def _import_all() -> None:
    ours = (mtleak_gui.core, mtleak_gui.link, mtleak_gui.storage, mtleak_gui.engine, mtleak_gui.cli)
    for package in (*ours, meshtastic.protobuf):
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)


if __name__ == "__main__":
    _import_all()
    logging.basicConfig(level=logging.ERROR)
    rights, sys.argv[1:] = int(sys.argv[1]), sys.argv[2:]
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(rights)
        os.setuid(rights)
    sys.exit(main())
