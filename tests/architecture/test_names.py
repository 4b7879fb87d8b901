"""Names say what a thing is. A file called after nothing becomes the place where everything goes."""

import re
from collections.abc import Iterator

import pytest

from .tree import HOUSE, Source, findings, python, templates

_EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "service", "handler", "handlers"}
_EMPTY_NAMES |= {"common", "misc"}
# Spelt backwards, because these words may not stand in this project's code, and this is code.
_SHOUTED = ["ODOT", "EMXIF"]
_UNDONE = ["rorredetnemelpmiton", "detnemelpmi ton", "redlohecalp", "buts", "ymmud", "won rof"]
_UNFINISHED = re.compile(
    rf"\b({'|'.join(word[::-1] for word in _SHOUTED)}|(?i:{'|'.join(word[::-1] for word in _UNDONE)}))\b"
)


def empty_names(source: Source) -> Iterator[str]:
    for part in source.parts:
        if part.removesuffix(".py") in _EMPTY_NAMES:
            yield f"{source.path}: {part!r} says nothing of what is inside"


def unfinished(source: Source) -> Iterator[str]:
    """Words that stand where something is not done."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if found := _UNFINISHED.search(line):
            yield f"{source.path}:{number}: {found[0]!r}: do it, or leave it out and say so in systems.toml"


def test_no_module_is_called_after_nothing() -> None:
    assert findings(empty_names, python(HOUSE, "tests", "bench")) == []


@pytest.mark.parametrize("path", ["luotsi/base/utils.py", "luotsi/misc/x.py", "luotsi/rooms/resident/service.py"])
def test_an_empty_name_is_noticed(path: str) -> None:
    assert len(list(empty_names(Source(path, "")))) == 1


def test_nothing_in_the_code_says_that_it_is_not_done() -> None:
    assert findings(unfinished, [*python(HOUSE), *templates()]) == []


@pytest.mark.parametrize("word", [*_SHOUTED, *_UNDONE])
def test_an_unfinished_line_is_noticed(word: str) -> None:
    assert len(list(unfinished(Source("x.py", f"a = 1\n# {word[::-1]}: mend\n")))) == 1
