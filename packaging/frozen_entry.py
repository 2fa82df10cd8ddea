# SPDX-License-Identifier: GPL-3.0-only
"""Where the frozen program starts."""

from __future__ import annotations

import sys

from mtleak_gui.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
