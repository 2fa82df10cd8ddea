# SPDX-License-Identifier: GPL-3.0-only
"""What to do next: commands that can be copied as they are, and nothing that a tester did not ask for."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace

import pytest

from mtleak_gui.core.leakhunt.evidence import Device, Recorder
from mtleak_gui.core.leakhunt.facts import Facts, Suspects
from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.next_steps import next_steps
from mtleak_gui.core.leakhunt.shell_quoting import powershell
from tests.core.leakhunt import facts_by_hand as by_hand
from tests.core.leakhunt import verdicts_by_hand


def leak_of(device: Device) -> Facts:
    return by_hand.facts(-82.0, leaking=True, evidence=by_hand.evidence(device=device))


def commands(facts: Facts) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for step in next_steps(judge(facts), by_hand.ZONE):
        for command in step.commands:
            found.setdefault(command.label, []).append(command.text)
    return found


def test_a_leak_without_debug_heap_gets_the_build_commands_with_its_own_environment_and_port() -> None:
    found = commands(leak_of(Device("/dev/ttyUSB0", environment="heltec-v3")))
    assert found["POSIX shell"][0] == (
        'PLATFORMIO_BUILD_FLAGS="-DDEBUG_HEAP=1" pio run -e heltec-v3 -t upload --upload-port /dev/ttyUSB0'
    )
    assert found["PowerShell"][0] == (
        '$env:PLATFORMIO_BUILD_FLAGS="-DDEBUG_HEAP=1"; pio run -e heltec-v3 -t upload --upload-port /dev/ttyUSB0'
    )
    assert found["MCP"] == [
        'mcp__meshtastic__build(env="heltec-v3", build_flags={"DEBUG_HEAP": 1})',
        'mcp__meshtastic__pio_flash(env="heltec-v3", port="/dev/ttyUSB0", confirm=True)',
    ]
    assert found["POSIX shell"][1] == "mtleak-gui record --connect serial:/dev/ttyUSB0 --console"


def test_the_steps_for_a_virtual_board_name_no_port_of_its_own() -> None:
    facts = by_hand.facts(
        -82.0,
        leaking=True,
        evidence=by_hand.evidence(
            device=Device("demo:slow-leak", environment="heltec-v3"),
            recorder=Recorder("from_disk", by_hand.END, by_hand.END, demo=True),
        ),
    )
    assert "virtual board" in next_steps(judge(facts), by_hand.ZONE)[0].text
    found = commands(facts)
    assert found["POSIX shell"][0].endswith("pio run -e <env> -t upload --upload-port <port>")
    assert found["POSIX shell"][1] == "mtleak-gui record --connect serial:<port> --console"
    assert not any("demo" in text for texts in found.values() for text in texts)


@pytest.mark.parametrize("port", ["tcp://192.168.1.40:4403", "AA:BB:CC:DD:EE:FF"])
def test_a_network_or_bluetooth_address_is_no_port_to_flash_or_to_listen_to(port: str) -> None:
    found = commands(leak_of(Device(port, environment="heltec-v3")))
    assert found["POSIX shell"][0].endswith("pio run -e heltec-v3 -t upload --upload-port <port>")
    assert found["POSIX shell"][1] == "mtleak-gui record --connect serial:<port> --console"


def test_the_first_step_for_missing_samples_is_no_alternative_to_nothing() -> None:
    facts = verdicts_by_hand.verdict("insufficient_data").facts
    alone = replace(facts, evidence=replace(facts.evidence, wider_window=None), cadence_s=None)
    texts = [step.text for step in next_steps(judge(alone), by_hand.ZONE)]
    assert not texts[0].startswith("Or ")
    assert all(text.startswith("Or ") for text in texts[1:])


def test_names_with_spaces_and_shell_characters_stay_one_word() -> None:
    found = commands(leak_of(Device("/dev/my board's $(port)", environment="a b; rm -rf /")))
    words = shlex.split(found["POSIX shell"][0])
    assert words[words.index("-e") + 1] == "a b; rm -rf /"
    assert words[words.index("--upload-port") + 1] == "/dev/my board's $(port)"
    assert "'/dev/my board''s $(port)'" in found["PowerShell"][0]
    assert 'env="a b; rm -rf /"' in found["MCP"][0]


@pytest.mark.parametrize(("word", "quoted"), [("COM5", "COM5"), ("a b", "'a b'"), ("it\u2019s", "'it\u2019\u2019s'")])
def test_powershell_quoting(word: str, quoted: str) -> None:
    assert powershell(word) == quoted


def test_an_unknown_environment_is_left_open_and_its_place_is_told() -> None:
    facts = leak_of(Device("COM5"))
    assert "pio run -e <env> -t upload --upload-port COM5" in commands(facts)["POSIX shell"][0]
    assert "S:B:" in next_steps(judge(facts))[0].text


def test_a_leak_with_debug_heap_points_at_the_code_of_the_suspect() -> None:
    found = commands(verdicts_by_hand.slow_leak())
    assert found == {"POSIX shell": ["""grep -rnE 'OSThread\\("Router"' src/"""]}


def test_a_thread_name_with_pattern_characters_is_searched_for_as_it_is() -> None:
    facts = replace(verdicts_by_hand.slow_leak(), suspects=Suspects("Gps (v2)+'x'"))
    words = shlex.split(commands(facts)["POSIX shell"][0])
    assert re.search(words[2], "OSThread(\"Gps (v2)+'x'\")")


def test_a_steady_board_gets_no_advice() -> None:
    assert next_steps(verdicts_by_hand.verdict("steady")) == ()


def test_missing_samples_get_a_time_a_window_and_a_faster_source() -> None:
    texts = [step.text for step in next_steps(verdicts_by_hand.verdict("insufficient_data"), by_hand.ZONE)]
    assert "19:36 +02:00" in texts[0]
    assert "3h" in texts[1]
    assert "only when you confirm" in texts[2]


def test_fragmentation_and_out_of_memory_get_their_own_advice() -> None:
    fragmentation = next_steps(verdicts_by_hand.verdict("fragmentation"))
    assert "pre-allocate per-packet buffers" in fragmentation[0].text
    assert fragmentation[1].commands[0].text == "CONFIG_HEAP_TASK_TRACKING=y"
    urgent = [step.text for step in next_steps(verdicts_by_hand.verdict("oom_imminent"))]
    assert "now" in urgent[0]
    assert "Export the evidence" in urgent[1]


@pytest.mark.parametrize("case", list(verdicts_by_hand.CASES))
def test_no_step_recommends_a_change_of_code_or_asks_for_load(case: str) -> None:
    for step in next_steps(verdicts_by_hand.verdict(case), by_hand.ZONE):
        assert not re.search(
            r"\b(fix|patch|rewrite|change the code|edit|send packets|stress)\b", step.text, re.IGNORECASE
        )
