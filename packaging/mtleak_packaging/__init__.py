# SPDX-License-Identifier: GPL-3.0-only
"""Makes what users download out of the sources: ``python -m mtleak_packaging``, with ``packaging`` on the path."""
