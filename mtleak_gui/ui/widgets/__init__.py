# SPDX-License-Identifier: GPL-3.0-only
"""Controls that several pages share."""
