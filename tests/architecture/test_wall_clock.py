"""Only luotsi/base/now.py reads the wall clock; everything else is told what time it is."""

import ast
import re
from collections.abc import Iterator

import pytest

from .tree import HOUSE, Source, dotted, findings, python, templates

READER = f"{HOUSE}/base/now.py"
_CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "time.time",
    "time.localtime",
    "time.gmtime",
}
_HIDDEN_CLOCKS = {"auto_now", "auto_now_add"}


def wall_clocks(source: Source) -> Iterator[str]:
    """Each reading of the wall clock, also one hidden in a model field. Measuring with perf_counter is free."""
    names = source.names
    for node in source.nodes:
        if isinstance(node, ast.Attribute | ast.Name) and dotted(node, names) in _CLOCKS:
            yield f"{source.path}:{node.lineno}: {dotted(node, names)}; take `at=` or ask luotsi.base.now"
        if isinstance(node, ast.keyword) and node.arg in _HIDDEN_CLOCKS:
            yield f"{source.path}:{node.value.lineno}: {node.arg} hides a clock in the table; store `at`"


def clocks_in_templates(source: Source) -> Iterator[str]:
    for found in re.finditer(r"{%\s*now\b", source.text):
        yield f"{source.path}:{source.text.count(chr(10), 0, found.start()) + 1}: {{% now %}} reads the wall clock"


def test_only_base_now_reads_the_wall_clock() -> None:
    assert findings(wall_clocks, [source for source in python(HOUSE) if source.path != READER]) == []


def test_the_reader_itself_is_recognised() -> None:
    assert list(wall_clocks(next(source for source in python(HOUSE) if source.path == READER)))


@pytest.mark.parametrize(
    "code",
    [
        "import datetime\ndatetime.datetime.now()",
        "from datetime import datetime\ndatetime.now(tz)",
        "import datetime as dt\ndt.date.today()",
        "from django.utils import timezone\nfield(default=timezone.now)",
        "from django.utils.timezone import now\nnow()",
        "from time import time\ntime()",
        "models.DateTimeField(auto_now_add=True)",
    ],
)
def test_a_reading_of_the_wall_clock_is_noticed(code: str) -> None:
    assert len(list(wall_clocks(Source("x.py", code)))) == 1


def test_being_told_the_time_is_left_alone() -> None:
    code = "from luotsi.base.now import now\nimport time\nnow()\ntime.perf_counter()\nat.date()\nevent.time"

    assert list(wall_clocks(Source("x.py", code))) == []


def test_no_template_reads_the_wall_clock() -> None:
    assert findings(clocks_in_templates, templates()) == []
    assert list(clocks_in_templates(Source("x.html", '<p>{% now "Y" %}</p>')))
