# SPDX-License-Identifier: GPL-3.0-only
"""The pages of the window, one package each."""
