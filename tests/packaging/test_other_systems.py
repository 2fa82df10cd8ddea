# SPDX-License-Identifier: GPL-3.0-only
"""What Windows and macOS read of the package, as far as it can be read here: neither runs on this system."""

from __future__ import annotations

import plistlib
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from mtleak_gui.app.taskbar_identity import APP_USER_MODEL_ID

PACKAGING = Path(__file__).parent.parent.parent / "packaging"


def test_the_installer_and_the_program_have_one_identity_and_no_administrator_is_needed() -> None:
    script = (PACKAGING / "windows" / "mtleak-gui.iss").read_text(encoding="utf-8")
    assert f'#define ModelId "{APP_USER_MODEL_ID}"' in script
    assert script.count('AppUserModelID: "{#ModelId}"') == 2
    assert "PrivilegesRequired=lowest" in script


def test_the_manifest_asks_for_sharp_screens_and_no_rights() -> None:
    tree = ET.parse(PACKAGING / "windows" / "mtleak-gui.manifest")
    values = {element.tag.rpartition("}")[2]: (element.text or "").strip() for element in tree.iter()}
    assert values["dpiAwareness"] == "PerMonitorV2"
    assert values["longPathAware"] == "true"
    assert next(tree.iter("{urn:schemas-microsoft-com:asm.v3}requestedExecutionLevel")).get("level") == "asInvoker"


def test_the_bundle_says_why_it_wants_bluetooth_and_may_use_it() -> None:
    facts = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert "Bluetooth" in facts["NSBluetoothAlwaysUsageDescription"]
    assert facts["NSHighResolutionCapable"] is True
    assert rights["com.apple.security.device.bluetooth"] is True


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sh")
def test_the_recipe_of_the_image_is_sound_shell() -> None:
    subprocess.run(["sh", "-n", str(PACKAGING / "macos" / "make_dmg.sh")], check=True)
