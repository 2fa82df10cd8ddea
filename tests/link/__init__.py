# SPDX-License-Identifier: GPL-3.0-only
"""Tests of links: real byte streams through real sockets, pseudo-terminals and the real meshtastic package."""
