# SPDX-License-Identifier: GPL-3.0-only
"""What the packaging makes out of the sources, without freezing anything."""
