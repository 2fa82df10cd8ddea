# SPDX-License-Identifier: GPL-3.0-only
"""What boards, cables, hosts and other programs do to a recording, and that it survives."""
