# SPDX-License-Identifier: GPL-3.0-only
"""What boards say and what it means: plain typed values and functions. No Qt, no files, no devices, no clock."""
