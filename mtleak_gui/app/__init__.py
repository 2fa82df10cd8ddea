# SPDX-License-Identifier: GPL-3.0-only
"""The program with a window: the only package that knows everyone. It builds, connects, starts and stops."""
