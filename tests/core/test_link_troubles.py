# SPDX-License-Identifier: GPL-3.0-only
"""Every trouble says what happened, why, and what to do, in one form and without the system's own words in front."""

from __future__ import annotations

import errno

import pytest

from mtleak_gui.core.first_talk import Talk
from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_troubles import conversation, network, port_gone
from mtleak_gui.core.link_troubles.loss import Loss, loss_of, lost
from mtleak_gui.core.link_troubles.network import Peer
from mtleak_gui.core.link_troubles.no_answer import no_answer
from mtleak_gui.core.link_troubles.port_access import PortAccess, no_permission
from mtleak_gui.core.link_troubles.port_in_use import port_in_use
from mtleak_gui.core.link_troubles.system_programs import UDEV_FILE, UDEV_RELOAD, UDEV_RULE, SystemPrograms
from mtleak_gui.core.link_troubles.wrong_device import not_a_board

PORT, SAID = "/dev/ttyUSB0", "[Errno 5] Input/output error"
BOTH = SystemPrograms(modem_manager=True, brltty=True)
MODEM_MANAGER = SystemPrograms(modem_manager=True)
NODE, SOCKET = Peer("192.168.1.40", 4403), Peer("pi.local", 4000, "socket")
DIALOUT = PortAccess("dialout", owner="root", mode="crw-rw----")
TALKS = (
    Talk("nothing"),
    Talk("frames"),
    Talk("console", sample="INFO  | 12:00:00 5 x"),
    Talk("boot_loader", sample="waiting for download"),
    Talk("other_device", "a GPS receiver", "$GPGGA,1*47"),
    Talk("other_device", "a board with MeshCore firmware", "Repeater ID: 01"),
    Talk("noise"),
    Talk("other_text", sample="Weather station 3"),
)
_NETWORK = (network.refused, network.unknown_host, network.no_route, network.no_rfc2217, network.cannot_connect)
TROUBLES: tuple[LinkTrouble, ...] = (
    no_permission(PORT, None, SAID),
    no_permission(PORT, DIALOUT, SAID),
    no_permission(PORT, DIALOUT._replace(listed=True), SAID),
    no_permission(PORT, DIALOUT._replace(group=None, mode="crw-------"), SAID),
    *(
        port_in_use(PORT, holder, detail=SAID)
        for holder in ("python3 (4242)", "ModemManager (7)", "brltty (8)", "chrome (9)", "a program (10)")
    ),
    port_in_use(PORT, None, running=MODEM_MANAGER, detail=SAID),
    port_in_use(PORT, None, detail=SAID),
    port_in_use("COM5", None, "windows", detail=SAID),
    port_gone.no_port(PORT, detail=SAID),
    port_gone.no_port(PORT, [f"/dev/ttyUSB{n}" for n in range(1, 8)], BOTH, SAID),
    port_gone.port_vanished(PORT, BOTH, SAID),
    port_gone.no_serial_port("notes.txt", SAID),
    port_gone.port_fails(PORT, SAID),
    *(
        make(peer, SAID)
        for make in (
            network.refused,
            network.unknown_host,
            network.no_route,
            network.no_rfc2217,
            network.cannot_connect,
        )
        for peer in (NODE, SOCKET)
    ),
    network.no_reply(NODE, 10.0, SAID),
    *(
        no_answer(PORT, talk, 30.0, serial=serial, running=running, detail=SAID)
        for talk in TALKS
        for serial, running in ((True, SystemPrograms()), (True, MODEM_MANAGER), (False, MODEM_MANAGER))
    ),
    *(trouble for talk in TALKS if (trouble := not_a_board(PORT, talk, SAID)) is not None),
    conversation.closed_in_handshake(PORT, "serial", SAID),
    conversation.closed_in_handshake("tcp://10.0.0.2:4403", "tcp", SAID),
    *(
        make(PORT, SAID)
        for make in (
            conversation.second_client,
            conversation.mute,
            conversation.silent_after_restart,
            conversation.reader_ended,
            conversation.package_gave_up,
            conversation.program_fault,
        )
    ),
)


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.what[:60])
def test_a_trouble_is_told_in_the_one_form(trouble: LinkTrouble) -> None:
    for part in (trouble.what, trouble.why, trouble.todo):
        assert part.endswith((".", ".”"))
        assert part == part.strip()
        assert "!" not in part
        assert "  " not in part
        assert not {"Errno", "Exception", "error:", "None"} & set(part.replace("[", " ").split())
    assert trouble.what.count(". ") == 0
    assert len(trouble.what) <= 100
    assert trouble.detail == SAID
    assert SAID not in trouble.sentence
    for remedy in trouble.remedies:
        assert remedy.label
        assert remedy.text.strip()


def test_who_may_not_open_a_port_is_told_the_group_and_the_command() -> None:
    trouble = no_permission(PORT, DIALOUT)
    assert trouble.what == "Linux does not let you open /dev/ttyUSB0."
    assert trouble.why == "It belongs to group dialout; you are not in it."
    assert trouble.remedies[0].text == "sudo usermod -aG dialout $USER"
    arch = no_permission(PORT, DIALOUT._replace(group="uucp"))
    assert arch.remedies[0].text == "sudo usermod -aG uucp $USER"


def test_who_was_added_but_has_not_logged_in_again_is_told_just_that() -> None:
    trouble = no_permission(PORT, DIALOUT._replace(listed=True))
    assert "have not logged in again" in trouble.why
    assert all("usermod" not in remedy.text for remedy in trouble.remedies)


def test_nobody_is_told_to_join_a_group_that_may_not_open_the_port() -> None:
    for access in (DIALOUT._replace(group=None), DIALOUT._replace(in_session=True), PortAccess()):
        assert all("usermod" not in remedy.text for remedy in no_permission(PORT, access).remedies)


def test_the_udev_rule_names_boards_and_keeps_modem_manager_away() -> None:
    remedies = {remedy.text: remedy.label for remedy in no_permission(PORT, DIALOUT).remedies}
    assert UDEV_FILE in remedies[UDEV_RULE]
    assert UDEV_RELOAD in remedies
    assert 'ENV{ID_MM_DEVICE_IGNORE}="1"' in UDEV_RULE
    assert 'TAG+="uaccess"' in UDEV_RULE
    for vendor in ("10c4", "1a86", "0403", "067b", "239a", "303a", "2886"):
        assert UDEV_RULE.count(vendor) == 2
    assert UDEV_FILE.rpartition("/")[2] < "73-seat-late.rules"


@pytest.mark.parametrize(
    ("holder", "words"),
    [
        ("python3 (4242)", "Meshtastic CLI"),
        ("chrome (1)", "web client"),
        ("code (1)", "serial monitor"),
        ("picocom (1)", "terminal program"),
        ("ModemManager (1)", "for good"),
        ("esptool.py (1)", "flashed"),
        ("something (1)", "web client tab, the Meshtastic CLI, a serial monitor or PlatformIO"),
    ],
)
def test_what_to_do_depends_on_who_holds_the_port(holder: str, words: str) -> None:
    trouble = port_in_use(PORT, holder)
    assert trouble.why == f"Held by: {holder}."
    assert words in trouble.todo


def test_windows_does_not_say_who_holds_a_port() -> None:
    assert port_in_use("COM5", None, "windows").why == "Windows does not say by whom."


def test_brltty_is_named_where_a_port_is_gone_and_it_runs() -> None:
    assert "brltty" in port_gone.port_vanished(PORT, BOTH).why
    assert "brltty" not in port_gone.port_vanished(PORT).sentence


def test_each_thing_that_was_heard_in_the_handshake_has_its_own_sentence() -> None:
    told = {no_answer(PORT, talk, 30.0, serial=True).sentence for talk in TALKS}
    assert len(told) == len(TALKS)


def test_modem_manager_is_named_only_where_it_can_meddle() -> None:
    assert "ModemManager" in no_answer(PORT, TALKS[0], 30.0, serial=True, running=MODEM_MANAGER).why
    assert "ModemManager" not in no_answer(PORT, TALKS[0], 30.0, serial=False, running=MODEM_MANAGER).why


def test_what_a_device_says_is_cut_and_stays_in_one_line() -> None:
    trouble = not_a_board(PORT, Talk("other_text", sample="x\ny" * 200))
    assert trouble is not None
    assert "\n" not in trouble.why
    assert len(trouble.why) < 120


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), "vanished", "closed the connection"),
        (OSError(errno.ETIMEDOUT, "Connection timed out"), "unreachable", "cannot be reached any more"),
        (OSError(errno.EIO, "Input/output error"), "vanished", "the port went away"),
        (OSError("device reports readiness to read but returned no data"), "vanished", "the port went away"),
        (OSError("the board restarted and does not answer"), "other", "the board restarted and does not answer"),
    ],
)
def test_a_loss_says_in_words_what_ended_a_link(error: OSError, kind: str, words: str) -> None:
    loss = loss_of(error)
    assert (loss.kind, words in loss.words) == (kind, True)
    assert lost(PORT, loss).what.endswith(f"{loss.words}.")


def test_a_loss_without_a_kind_still_makes_a_sentence() -> None:
    assert lost(PORT, Loss("other", "the link ended without a word")).sentence.endswith("without a word.")
