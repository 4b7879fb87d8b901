"""A file fits in a head: at most 300 lines, a function at most 40."""

import ast
from collections.abc import Iterator

import pytest

from .tree import HOUSE, Source, findings, python

LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def too_big(source: Source) -> Iterator[str]:
    lines = len(source.text.splitlines())
    if lines > LONGEST_FILE:
        yield f"{source.path}: {lines} lines, at most {LONGEST_FILE}; make it a folder of the same name"
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{source.path}:{node.lineno}: {node.name} has {length} lines, at most {LONGEST_FUNCTION}"


def test_files_and_functions_are_small() -> None:
    assert findings(too_big, python(HOUSE, "tests", "bench")) == []


@pytest.mark.parametrize(
    "code",
    ["a = 1\n" * 301, "def f():\n" + "    a = 1\n" * 40, "class A:\n  async def f(self):\n" + "    a = 1\n" * 40],
)
def test_what_is_too_big_is_noticed(code: str) -> None:
    assert len(list(too_big(Source("x.py", code)))) == 1


def test_what_just_fits_is_left_alone() -> None:
    assert list(too_big(Source("x.py", "def f():\n" + "    a = 1\n" * 39))) == []
    assert list(too_big(Source("x.py", "a = 1\n" * 300))) == []
