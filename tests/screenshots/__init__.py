# SPDX-License-Identifier: GPL-3.0-only
"""Pictures of the real window with the demo: for eyes under build/screenshots, for the README under docs."""
