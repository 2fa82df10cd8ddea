# SPDX-License-Identifier: GPL-3.0-only
"""The Heap page: the curve, what the tester did to it, and who holds what was lost."""
