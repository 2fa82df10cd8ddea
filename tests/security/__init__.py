# SPDX-License-Identifier: GPL-3.0-only
"""What the program gives away, to whom it talks, and what recordings from elsewhere can do to it."""
