#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-only
# Installs what building the packages and trying them out needs from Debian: prepare-build.sh PYTHON
set -eu

command -v dpkg-query >/dev/null 2>&1 || exit 0

packages="binutils xvfb"
# A Python of Debian keeps its library in a package of its own; any other Python brings it.
if dpkg-query -S "$(readlink -f "$(command -v "$1")")" >/dev/null 2>&1; then
    packages="$packages libpython$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
fi
# shellcheck disable=SC2086
exec sh "$(dirname "$0")/prepare-debian.sh" $packages
