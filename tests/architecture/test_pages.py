"""Pages read through queries and write through actions. They never meet a table."""

import ast
from collections.abc import Iterator

import pytest

from .tree import HOUSE, Source, dotted, findings, imported_names, python

ROOMS = f"{HOUSE}/rooms"
PAGE = "luotsi.rooms.page.page"
LONGEST_PAGE = 25
_MANAGERS = {"objects", "_default_manager", "_base_manager"}
_WRITES = {"save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "select_for_update"}


def table_access(source: Source) -> Iterator[str]:
    """Each place where a file of a room touches a table: `.objects`, a write, a noun's models, a cursor."""
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr in _MANAGERS | _WRITES:
            yield f"{source.path}:{node.lineno}: `.{node.attr}` belongs in a noun's queries.py or actions.py"
        if isinstance(node, ast.ImportFrom | ast.Import):
            yield from _imports_of_tables(source, node)


def _imports_of_tables(source: Source, node: ast.ImportFrom | ast.Import) -> Iterator[str]:
    """A noun's models nowhere; a cursor in no room. Beside them, live.py listens to the database for all rooms."""
    for name in imported_names(node).values():
        steps = name.split(".")
        if steps[:2] == [HOUSE, "domain"] and "models" in steps:
            yield f"{source.path}:{node.lineno}: a page imports {name}; ask the noun's queries.py instead"
        if name.startswith("django.db.connection") and len(source.parts) > 3:
            yield f"{source.path}:{node.lineno}: a page opens a database cursor; ask a noun's queries.py instead"


def pages(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of a file that stand under `@page("…")`."""
    names = source.names
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            calls = [one.func for one in node.decorator_list if isinstance(one, ast.Call)]
            if any(dotted(call, names) in {PAGE, f"{PAGE}.page"} for call in calls):
                yield node


def too_long(source: Source) -> Iterator[str]:
    for function in pages(source):
        length = (function.end_lineno or 0) - function.lineno + 1
        if length > LONGEST_PAGE:
            yield f"{source.path}:{function.lineno}: page {function.name} has {length} lines, at most {LONGEST_PAGE}"


def test_no_page_touches_a_table() -> None:
    assert findings(table_access, python(ROOMS)) == []


@pytest.mark.parametrize(
    "line",
    [
        "Case.objects.get(id=1)",
        "case.save()",
        "queryset.delete()",
        "from luotsi.domain.cases.models import Case",
        "from luotsi.domain.cases import models",
        "import luotsi.domain.cases.models as tables",
        "from django.db import connection",
    ],
)
def test_a_page_that_touches_a_table_is_noticed(line: str) -> None:
    assert len(list(table_access(Source(f"{ROOMS}/team/case.py", line)))) == 1


def test_a_page_that_asks_a_query_is_left_alone() -> None:
    calm = "from luotsi.domain.cases import queries, actions\nfrom django.db import transaction\nqueries.one(1)"

    assert list(table_access(Source(f"{ROOMS}/team/case.py", calm))) == []


def test_every_page_is_short() -> None:
    assert findings(too_long, python(ROOMS)) == []
    assert sum(1 for source in python(ROOMS) for _ in pages(source)) >= 10, "where have the pages gone?"


@pytest.mark.parametrize("body, said", [(LONGEST_PAGE - 1, 0), (LONGEST_PAGE, 1)])
def test_a_page_of_26_lines_is_noticed(body: int, said: int) -> None:
    page = 'from luotsi.rooms.page import page\n@page("case.read")\ndef case(request):\n' + "    a = 1\n" * body

    assert len(list(too_long(Source("page.py", page)))) == said
