"""Whether a regular expression is light: one that an unlucky answer cannot make run for hours."""

import re
import warnings
from typing import Any

from luotsi.domain.questionnaires.definitions.faulty import Fault

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import re._constants as _codes
    import re._parser as _parser

_LONGEST = 500
_MOST_OPEN = 4  # open repeats beside each other: the time grows with the length to this power
_OPEN = 12  # a repeat that may run longer than this counts as open


def heaviness(pattern: str) -> Fault | None:
    """Why the pattern is refused, or None. It must be readable and short, with no open repeat in an open repeat."""
    if len(pattern) > _LONGEST:
        return Fault(f"has {len(pattern)} characters, at most {_LONGEST}", "pattern_long", most=_LONGEST)
    try:
        tree = _parser.parse(pattern)
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return Fault(f"is not a regular expression: {error}", "pattern_unreadable", pattern=pattern)
    opened, nested = _repeats(tree, 0)
    if nested:
        said = "repeats what itself repeats or varies: an unlucky answer would take for ever"
        return Fault(said, "pattern_heavy", pattern=pattern)
    if opened > _MOST_OPEN:
        return Fault(f"has {opened} open repeats, at most {_MOST_OPEN}", "pattern_heavy", pattern=pattern)
    return None


def _repeats(tree: Any, inside: int) -> tuple[int, bool]:
    """How many open repeats, and whether one stands in another or around alternatives."""
    opened, nested = 0, False
    for code, what in tree:
        is_open = code in {_codes.MAX_REPEAT, _codes.MIN_REPEAT} and what[1] > _OPEN
        opened += is_open
        nested = nested or bool(inside and (is_open or code in {_codes.BRANCH, _codes.GROUPREF}))
        for part in _parts(code, what):
            more, deeper = _repeats(part, inside + is_open)
            opened, nested = opened + more, nested or deeper
    return opened, nested


def _parts(code: Any, what: Any) -> list[Any]:
    if code in {_codes.MAX_REPEAT, _codes.MIN_REPEAT, _codes.POSSESSIVE_REPEAT}:
        return [what[2]]
    if code is _codes.SUBPATTERN:
        return [what[3]]
    if code is _codes.BRANCH:
        return list(what[1])
    if code in {_codes.ASSERT, _codes.ASSERT_NOT}:
        return [what[1]]
    if code is _codes.ATOMIC_GROUP:
        return [what]
    return [one for one in what[1:] if one] if code is _codes.GROUPREF_EXISTS else []
