# SPDX-License-Identifier: GPL-3.0-only
"""The page of saved reports: a list, a preview, and what can be done with a report."""
