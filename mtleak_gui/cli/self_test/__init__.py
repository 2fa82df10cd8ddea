# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui --self-test``: whether this installation can do its work on this computer, and what is missing."""
