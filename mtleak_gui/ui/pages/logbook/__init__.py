# SPDX-License-Identifier: GPL-3.0-only
"""The logbook: what the boards said, filtered, searched, and joined to the plot."""
