# SPDX-License-Identifier: GPL-3.0-only
"""The version resource that Windows shows in a file's properties, in the form that PyInstaller reads."""

from __future__ import annotations

from mtleak_packaging.product import PROGRAM, SUMMARY, TITLE, version_numbers

_US_ENGLISH, _UNICODE = 0x0409, 0x04B0


def version_resource(version: str) -> str:
    """Return the text of the resource."""
    numbers = version_numbers(version)
    words = {
        "CompanyName": TITLE,
        "FileDescription": TITLE,
        "FileVersion": version,
        "InternalName": PROGRAM,
        "LegalCopyright": "GPL-3.0-only",
        "OriginalFilename": f"{PROGRAM}.exe",
        "ProductName": TITLE,
        "ProductVersion": version,
        "Comments": SUMMARY,
    }
    strings = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in words.items())
    return f"""VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0, OS=0x40004, fileType=1, subtype=0, date=(0, 0)
  ),
  kids=[
    StringFileInfo([StringTable('{_US_ENGLISH:04x}{_UNICODE:04x}', [{strings}])]),
    VarFileInfo([VarStruct('Translation', [{_US_ENGLISH}, {_UNICODE}])]),
  ],
)
"""
