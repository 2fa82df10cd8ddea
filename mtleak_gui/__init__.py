# SPDX-License-Identifier: GPL-3.0-only
"""MT Leakhunt: records what Meshtastic boards say and tells whether they leak memory."""
