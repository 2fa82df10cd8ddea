# SPDX-License-Identifier: GPL-3.0-only
"""Reads the notices of the software that is installed: from each package's metadata and licence files."""

from __future__ import annotations

import platform
import re
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from mtleak_gui.core.third_party import ThirdParty

_PROGRAM = "mtleak-gui"
_NAME = re.compile(r"[\w.-]+")
_NOTICE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_CODE = frozenset({".py", ".pyc", ".pyi", ".so"})
_QT = frozenset({"pyside6-essentials", "shiboken6"})
_QT_WORDS = """Qt for Python and the Qt libraries are used under the GNU Lesser General Public License, version 3, whose
text follows; it adds to the GNU General Public License, version 3, which comes with MT Leakhunt. They are not changed
and lie beside the program as libraries of their own, so that you may put others in their place. Their source:
https://download.qt.io/official_releases/QtForPython/ and https://download.qt.io/official_releases/qt/
The notices of the parts that Qt itself is made with: https://doc.qt.io/qt-6/licenses-used-in-qt.html

"""
_PYTHON_LINK = "https://docs.python.org/3/license.html"


def installed_notices(resources: Path, extra: Iterable[str] = ()) -> tuple[ThirdParty, ...]:
    """Return the notices of all that the program needs here, by name; ``extra`` names more of them.

    ``resources`` is the program's folder of resources, where the licences lie that packages do not bring along.
    """
    found = _needed(_PROGRAM)
    found.pop(_key(_PROGRAM), None)
    found |= {_key(name): package for name in extra if (package := _installed(name)) is not None}
    parts = [_notice(package, resources) for package in found.values()]
    parts += [_python(), _icons(resources)]
    return by_name(parts)


def by_name(parts: Iterable[ThirdParty]) -> tuple[ThirdParty, ...]:
    """Return the parts as they are listed."""
    return tuple(sorted(parts, key=lambda part: part.name.casefold()))


def _needed(name: str) -> dict[str, Distribution]:
    """Return the package and all that it needs, as far as it is installed: the rest is for other systems."""
    found: dict[str, Distribution] = {}
    waiting = [name]
    while waiting:
        package = _installed(waiting.pop())
        if package is None or _key(package.metadata["Name"]) in found:
            continue
        found[_key(package.metadata["Name"])] = package
        lines = (line for line in package.requires or () if "extra ==" not in line)
        waiting += [match[0] for line in lines if (match := _NAME.match(line))]
    return found


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _notice(package: Distribution, resources: Path) -> ThirdParty:
    name = package.metadata["Name"]
    texts = list(_texts(package))
    if _key(name) in _QT:
        texts.append(_QT_WORDS + _shipped(resources, "LGPL-3.0.txt"))
    elif not texts:
        texts.append(_shipped(resources, f"{_key(name)}.txt"))
    return ThirdParty(name, package.version, _licence(package), _link(package), "\n\n".join(filter(None, texts)))


def _texts(package: Distribution) -> Iterator[str]:
    """Yield the licence files; the same text is yielded once."""
    seen = set()
    for file in sorted(package.files or ()):
        if not _NOTICE.search(file.name) or file.suffix in _CODE:
            continue
        try:
            text = Path(str(file.locate())).read_text("utf-8", "replace").strip()
        except OSError:
            continue
        if text and text not in seen:
            seen.add(text)
            yield f"{file}\n\n{text}"


def _licence(package: Distribution) -> str:
    named = _field(package, "License-Expression") or _field(package, "License")
    if named and "\n" not in named:
        return named
    classifiers = package.metadata.get_all("Classifier") or []
    return ", ".join(line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::"))


def _link(package: Distribution) -> str:
    links = _links(package)
    return next((links[label] for label in ("source", "homepage", "repository", "documentation") if label in links), "")


def _links(package: Distribution) -> dict[str, str]:
    pairs = (line.partition(",") for line in package.metadata.get_all("Project-URL") or [])
    links = {label.strip().lower(): url.strip() for label, _, url in pairs}
    home = _field(package, "Home-page")
    return {"homepage": home, **links} if home else links


def _field(package: Distribution, name: str) -> str:
    return next(iter(package.metadata.get_all(name) or ()), "")


def _python() -> ThirdParty:
    library = Path(sysconfig.get_path("stdlib"))
    for file in (library / "LICENSE.txt", library.parent / "LICENSE.txt", library / "LICENSE"):
        if file.is_file():
            text = file.read_text("utf-8", "replace").strip()
            break
    else:
        text = f"The text of the licence: {_PYTHON_LINK}"
    return ThirdParty("Python", platform.python_version(), "PSF-2.0", "https://www.python.org", text)


def _icons(resources: Path) -> ThirdParty:
    text = (resources / "icons" / "LICENSE-material-design-icons.txt").read_text("utf-8", "replace").strip()
    return ThirdParty("Material Design Icons", "7.4.47", "Apache-2.0", "https://pictogrammers.com", text)


def _shipped(resources: Path, name: str) -> str:
    file = resources / "licences" / name
    return file.read_text("utf-8").strip() if file.is_file() else ""
