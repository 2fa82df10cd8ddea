# SPDX-License-Identifier: GPL-3.0-only
"""Devices: the only package that names meshtastic, pubsub and serial."""
