# SPDX-License-Identifier: GPL-3.0-only
"""What the command line and job files ask, checked and made into a question; the answer to it as a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from mtleak_gui.cli.errors import BadInputError
from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.core.time_words import TimeWord, TimeWordsError
from mtleak_gui.storage.evidence_reader import EvidenceReader
from mtleak_gui.storage.query_answers import QueryError

_RULE_SETS: dict[str, Literal["standard", "strict"]] = {
    "standard": "standard",
    "standard 1": "standard",
    "strict": "strict",
    "strict 1": "strict",
}
_DEFAULTS = Question()


def question_from(values: Mapping[str, object]) -> Question:
    """Return the question that the values ask; ``None`` and absent ones mean the default. Raises ``BadInputError``."""
    window = _time_word(values, "window")
    return Question(
        window=_DEFAULTS.window if window is None else window,
        at=_time_word(values, "at"),
        port=_text(values, "port"),
        node=_node(values),
        field=_text(values, "field") or _DEFAULTS.field,
        variant=_text(values, "variant"),
        rules=_rules(values),
    )


def answer(reader: EvidenceReader, question: Question) -> Verdict:
    """Return the verdict. Raises ``BadInputError`` for what the recording does not know or what cannot be read."""
    try:
        evidence = reader.read(question)
    except (QueryError, TimeWordsError) as trouble:
        raise BadInputError(str(trouble)) from trouble
    except OSError as trouble:
        raise BadInputError(f"the recording cannot be read: {trouble}") from trouble
    return judge(analyse(evidence))


def _time_word(values: Mapping[str, object], key: str) -> TimeWord | None:
    value = values.get(key)
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, bool)):
        return value
    raise BadInputError(f"{key} {value!r} is no time: give words such as 6h, or a number of seconds")


def _text(values: Mapping[str, object], key: str) -> str | None:
    value = values.get(key)
    if value is None or isinstance(value, str):
        return value or None
    raise BadInputError(f"{key} {value!r} is no text")


def _node(values: Mapping[str, object]) -> str | int | None:
    value = values.get("node")
    if value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
        return value if value != "" else None
    raise BadInputError(f"node {value!r} is no node: give its id (!a1b2c3d4) or its number")


def _rules(values: Mapping[str, object]) -> Literal["standard", "strict"]:
    value = values.get("rules")
    if value is None:
        return "standard"
    found = _RULE_SETS.get(str(value).strip().lower())
    if found is None:
        raise BadInputError(f"rules {value!r} is no rule set: there are standard and strict")
    return found
