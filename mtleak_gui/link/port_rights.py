# SPDX-License-Identifier: GPL-3.0-only
"""Who may open a serial port, as the system has it now (POSIX)."""

from __future__ import annotations

import os
import stat
import sys

from mtleak_gui.core.link_troubles.port_access import PortAccess

if sys.platform == "win32":

    def port_access(device: str) -> PortAccess | None:  # noqa: ARG001 - the same question everywhere
        """Return ``None``: Windows has no groups of ports."""
        return None

else:
    import grp
    import pwd

    _ROOTS_GROUP = 0

    def port_access(device: str) -> PortAccess | None:
        """Return who may open the port and whether this user counts among them; ``None`` when it cannot be seen.

        Membership is what the system lists; what this login holds was read when it began, and may be older.
        """
        try:
            state = os.stat(device)  # noqa: PTH116 - beside os.getgroups
        except OSError:
            return None
        may = stat.S_IRGRP | stat.S_IWGRP
        serves_group = state.st_mode & may == may and state.st_gid != _ROOTS_GROUP
        return PortAccess(
            group=_group_name(state.st_gid) if serves_group else None,
            listed=_is_listed(state.st_gid),
            in_session=state.st_gid in {*os.getgroups(), os.getegid()},
            owner=_user_name(state.st_uid),
            mode=stat.filemode(state.st_mode),
        )

    def _group_name(number: int) -> str:
        try:
            return grp.getgrgid(number).gr_name
        except KeyError:
            return str(number)

    def _user_name(number: int) -> str:
        try:
            return pwd.getpwuid(number).pw_name
        except KeyError:
            return str(number)

    def _is_listed(group: int) -> bool:
        try:
            user = pwd.getpwuid(os.getuid())
            return user.pw_gid == group or user.pw_name in grp.getgrgid(group).gr_mem
        except KeyError:
            return False
