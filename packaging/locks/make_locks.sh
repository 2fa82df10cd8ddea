#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-only
# Resolves every dependency anew and pins it with the hashes of all its files, for every system and Python that
# pyproject.toml allows: make_locks.sh UV [OPTION OF uv pip compile ...]
set -eu
uv=$1
shift
cd "$(dirname "$0")"

compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
        --custom-compile-command "make lock" "$@"
}

# What users get comes first; the others agree with it.
compile "$@" ../../pyproject.toml --extra package --output-file package.txt
compile "$@" ../../pyproject.toml --extra test --constraint package.txt --output-file test.txt
compile "$@" ../../pyproject.toml --extra fuzz --constraint test.txt --output-file fuzz.txt
# The only other program that records this data. Tests read its folders and let it read ours; its own requirements
# are not needed for that.
echo "meshtastic-mcp==0.1.0" | compile "$@" - --no-deps --output-file peer.txt
printf 'pip-audit\nuv\n' | compile "$@" - --output-file tools.txt
