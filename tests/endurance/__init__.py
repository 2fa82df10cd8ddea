# SPDX-License-Identifier: GPL-3.0-only
"""Long runs that try to break the recorder and the window: kills, power cuts, full disks, floods, a whole day."""
