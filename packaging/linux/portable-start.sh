#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-only
# Starts MT Leakhunt from its unpacked folder, wherever that lies. File managers start it by a double click.
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/mtleak-gui" "$@"
