# SPDX-License-Identifier: GPL-3.0-only
"""The trouble that this user may not open a serial port."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core.link_trouble import LinkTrouble, Remedy
from mtleak_gui.core.link_troubles.system_programs import UDEV_REMEDIES


class PortAccess(NamedTuple):
    """Who may open a port. ``group`` is the one that may, ``None`` where no ordinary group may read and write it.

    ``listed``: the system counts the user among the group; ``in_session``: this login does, which is what matters.
    ``mode`` is as ``ls -l`` shows it.
    """

    group: str | None = None
    listed: bool = False
    in_session: bool = False
    owner: str = ""
    mode: str = ""


def no_permission(port: str, access: PortAccess | None, detail: str | None = None) -> LinkTrouble:
    """Return the trouble; ``access`` is ``None`` where the system says nothing, as on Windows and macOS."""
    what = f"The system does not let you open {port}."
    if access is None:
        todo = "Look up who may use it, or choose another port."
        return LinkTrouble("no_permission", what, "Your user has no right to this port.", todo, detail=detail)
    what = f"Linux does not let you open {port}."
    if access.group is None or access.in_session:
        return LinkTrouble("no_permission", what, *_only_owner(access), UDEV_REMEDIES, detail)
    if access.listed:
        return LinkTrouble("no_permission", what, *_not_logged_in(access.group), _try_now(access.group), detail)
    return LinkTrouble("no_permission", what, *_not_a_member(access.group), _join(access.group), detail)


def _only_owner(access: PortAccess) -> tuple[str, str]:
    who = f"Only {access.owner} may use it" if access.owner else "Your user may not use it"
    mode = f" (mode {access.mode})." if access.mode else "."
    return who + mode, "Save the rule below as the file named there and load it, then plug the board out and in."


def _not_logged_in(group: str) -> tuple[str, str]:
    why = f"It belongs to group {group}. You were added to that group, but have not logged in again since."
    return why, "Log out and in again, or restart the computer; then try again."


def _not_a_member(group: str) -> tuple[str, str]:
    why = f"It belongs to group {group}; you are not in it."
    return why, "Run the first command in a terminal, then log out and in again. The udev rule does it without a group."


def _try_now(group: str) -> tuple[Remedy, ...]:
    return (Remedy("To go on without logging out, start the program in a terminal", f"sg {group} -c mtleak-gui"),)


def _join(group: str) -> tuple[Remedy, ...]:
    return (Remedy(f"Join group {group}", f"sudo usermod -aG {group} $USER"), *UDEV_REMEDIES)
