# SPDX-License-Identifier: GPL-3.0-only
"""Coverage-guided fuzzing of all that reads what others wrote; each target is a module ``fuzz_<name>.py``."""
