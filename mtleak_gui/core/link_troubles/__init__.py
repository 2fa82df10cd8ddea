# SPDX-License-Identifier: GPL-3.0-only
"""Every trouble with a link in words: pure functions from what is known of it to a ``LinkTrouble``."""
