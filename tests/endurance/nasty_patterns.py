# SPDX-License-Identifier: GPL-3.0-only
"""Regular expressions that are likely to search for years, grown from a grammar, and log lines that they search."""

from __future__ import annotations

import random

KNOWN = (
    "(a+)+$",
    "(x+x+)+y",
    "(.*a){25}",
    "(a|aa)+$",
    "(a|a)*b",
    "(?>(?:a+)+b)",
    "(?>(a|aa)+$)|c",
    r"(\w+\s?)*!",
    ".*.*.*=",
    "(?:a{0,1000}){0,1000}b",
    "(?:(?:(?:a{0,99}){0,99}){0,99}){0,99}b",
    "a{0,1000}a{0,1000}b",
    "(?=(a+)+b)",
    "(?!(a+)+b)é",
    r"(.)(.)(.)\3+\2+\1+!",
    "(a?){30}a{30}",
    "a?" * 30 + "a" * 30 + "b",
    "((a*)*)*b",
    "(" * 150 + "a" + ")+" * 150 + "b",
    "[!-\U0010ffff]" * 40,
    "(?i)" + "[\x00-\U0010ffff]+" * 12,
    "(?x)(a+)+ # )\n$",
    "(a|b|ab)" * 20 + "c",
    ".*é.*!",
    "(?:.?){400}!",
    r"(?<=a)(?:a+)++b|(?:a*)*?b",
)
LINES = (
    "a" * 10_000,
    "ab" * 256 + "!",
    "a" * 511 + "!",
    "xx" * 200,
    "a, b= " * 80,
    "DEBUG | 12:34:56 78 [Router] " + "word " * 40,
    "é" * 400 + "a" * 100,
    "aaa" * 40 + "\t!",
)
_ATOMS = ("a", "b", "x", ".", r"\w", r"\s?", "[a-z]", "[^!]", "é", "aa", "", r"\b", "^", "$", r"\1", "=")
_REPEATS = ("*", "+", "?", "*?", "+?", "{2,}", "{0,1000}", "{25}", "{1000}", "*+", "++", "{0,16}", "{3,9}?")
_GROUPS = ("({})", "(?:{})", "(?>{})", "(?={})", "(?!{})", "(?i:{})", "(?P<n>{})", "(?<!a)(?:{})")


def pattern(source: random.Random, depth: int = 4) -> str:
    """Return a pattern; many are none, which is to be told like anything else."""
    if depth == 0:
        return source.choice(_ATOMS)
    kind = source.random()
    if kind < 0.3:
        return "".join(pattern(source, depth - 1) for _ in range(source.randint(1, 4)))
    if kind < 0.45:
        return "|".join(pattern(source, depth - 1) for _ in range(source.randint(2, 4)))
    inner = source.choice(_GROUPS).format(pattern(source, depth - 1))
    return inner + source.choice(_REPEATS) if kind < 0.95 else inner * source.randint(2, 20)
