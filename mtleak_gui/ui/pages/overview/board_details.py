# SPDX-License-Identifier: GPL-3.0-only
"""The details of a board in words, for the dialog that shows all that is known of it."""

from __future__ import annotations

from mtleak_gui.core import wording
from mtleak_gui.core.device_words import hardware_words
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.overview.tile_state import debug_heap_words, restart_words

_NOT_TOLD = "not told yet"


Facts = tuple[tuple[str, str], ...]


def board_details(session: Session, offer: PortOffer | None, now: float) -> tuple[Facts, Facts]:
    """Return keys and values: who the board is, and how it runs. ``offer`` is its port where the system lists it."""
    return tuple(_identity(session)), (*_port(session, offer), *_running(session, now))


def _port(session: Session, offer: PortOffer | None) -> list[tuple[str, str]]:
    rows = [("Port", wording.single_line(session.port))]
    if offer is not None and offer.vid_pid:
        rows.append(("USB", " · ".join(part for part in (offer.vid_pid, offer.title, offer.identity_words) if part)))
    capture = "from disk" if session.read_only else "API session" if session.capture == "API" else "Console tap"
    rows.append(("Capture", capture))
    if session.trouble is not None:
        rows.append(("Link", wording.single_line(session.trouble.what)))
    return rows


def _identity(session: Session) -> list[tuple[str, str]]:
    device = session.device
    told = {
        "Name": device.long_name if device else None,
        "Node": device.node_id if device else None,
        "Hardware": hardware_words(session.hardware),
        "Firmware": session.firmware,
        "Environment": session.environment,
        "Region": session.region,
        "Role": device.device_role if device else None,
    }
    return [(key, wording.single_line(value) if value else _NOT_TOLD) for key, value in told.items()]


def _running(session: Session, now: float) -> list[tuple[str, str]]:
    uptime = session.uptime_now(now if session.link.phase == "live" else session.heard_ts or now)
    rows = [
        ("Uptime", _NOT_TOLD if uptime is None else wording.spaced_span(uptime)),
        ("Restarts seen", f"{session.reboot_count:,}"),
        ("Last restart", restart_words(session, now)),
        ("DEBUG_HEAP", debug_heap_words(session)),
        ("Cadence", _cadence_words(session.cadence_s)),
    ]
    if session.watermark is not None:
        rows.append(("Lowest since boot", wording.quantity(session.watermark, wording.BYTE_UNIT)))
    if len(session.largest_block):
        rows.append(("Largest block", wording.quantity(float(session.largest_block.value[-1]), wording.BYTE_UNIT)))
    return rows


def _cadence_words(cadence: float | None) -> str:
    if cadence is None:
        return "not known yet"
    return "several samples a second" if cadence < 0.5 else f"a sample each {wording.spaced_span(cadence)}"
