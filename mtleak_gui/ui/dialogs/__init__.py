# SPDX-License-Identifier: GPL-3.0-only
"""Windows that ask or tell one thing."""
