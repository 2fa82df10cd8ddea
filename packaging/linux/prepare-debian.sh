#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-only
# Installs what the wheels of Qt and the virtual environment need from Debian, where that is missing and we are root;
# and the packages that are named as arguments.
set -eu

command -v dpkg-query >/dev/null 2>&1 || exit 0

packages="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0"
# Qt needs these only for a real window; without them it names libxcb-cursor0 whatever is missing.
packages="$packages libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
python3 -c 'import ensurepip' >/dev/null 2>&1 || packages="$packages python3-venv"

packages="$packages $*"

missing=""
for package in $packages; do
    # Debian 13 renamed libglib2.0-0 to libglib2.0-0t64, which provides the old name.
    dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' 2>/dev/null |
        grep '^installed ' | grep -Eq "[ ,]${package}([ ,:(]|$)" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "Missing Debian packages. Please run: sudo apt-get install$missing" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing
