"""What is committed stands alone: no path of a machine, no package registry, no sign of the tools around it."""

import re
from collections.abc import Iterator

import pytest

from .tree import ROOT, Source, committed, findings

_LARGEST = 2_000_000
# Each in pieces, because this file is committed too.
_REGISTRIES = [
    ("py", r"pi\.org"),
    ("python", "hosted"),
    ("registry", r"\.npm"),
    ("deb", r"\.debian"),
    ("registry", r"\.yarn"),
]
_HOMES = [("wo", "rk"), ("fa", "rm"), ("ro", "ot"), ("ho", "me")]
_TOOLS = [(r"\bfa", r"rm-[a-z]"), (r"(?<![\w./-])sha", r"red/(design|facts|seeds|hooks)\b"), ("seeds", r" folder\b")]
_ADDRESS = re.compile("|".join(a + b for a, b in _REGISTRIES))
_PATH = re.compile(r"(?<![\w.:}%])/(" + "|".join(a + b for a, b in _HOMES) + r")/[\w.]")
_TOOL = re.compile("|".join(a + b for a, b in _TOOLS))
_EXAMPLES = [
    ("https://py", "pi.org/simple"),
    ("files.python", "hosted.org"),
    ("registry", ".npmjs.org"),
    ("deb", ".debian.org"),
]
_EXAMPLES += [
    ("/wo", "rk/main"),
    ("'/ro", "ot/.cache'"),
    ("=/ho", "me/me"),
    ("fa", "rm-bench"),
    ("sha", "red/design/x.md"),
]
# Somebody else's words, kept as they came.
_FOREIGN = re.compile(r"(^|/)vendor/|^LICENSE$")


def leaks(source: Source) -> Iterator[str]:
    for number, line in enumerate(source.text.splitlines(), 1):
        for rule, what in ((_ADDRESS, "a registry's address"), (_PATH, "a machine's path"), (_TOOL, "a tool's name")):
            if found := rule.search(line):
                yield f"{source.path}:{number}: {what} ({found[0]})"


def readable() -> list[Source]:
    """The committed text files of ours; pictures, fonts and compiled catalogues are left out."""
    sources = []
    for name in committed():
        path = ROOT / name
        if _FOREIGN.search(name) or path.stat().st_size > _LARGEST:
            continue
        try:
            sources.append(Source(name, path.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return sources


def test_no_committed_file_names_a_registry_a_machine_or_a_tool() -> None:
    assert findings(leaks, readable()) == []


@pytest.mark.parametrize("example", _EXAMPLES)
def test_a_leak_is_noticed(example: tuple[str, str]) -> None:
    assert len(list(leaks(Source("x.md", "a line\nsee " + "".join(example))))) == 1


def test_an_address_of_a_page_is_left_alone() -> None:
    assert list(leaks(Source("x.md", "https://example.org/team/work/x and {{ room }}/home/x and /fi/team/home/"))) == []


def test_no_large_file_hides_from_the_look() -> None:
    large = [name for name in committed() if (ROOT / name).stat().st_size > _LARGEST]

    assert large == []


def test_no_secret_or_data_is_committed() -> None:
    kept_out = re.compile(
        r"(^|/)(data|\.venv|__pycache__|node_modules)/|\.(pem|key|sqlite3|duckdb|parquet)$|(^|/)\.env$"
    )

    assert [name for name in committed() if kept_out.search(name)] == []
    assert kept_out.search("data/secret_key")
    assert kept_out.search("x/facts.duckdb")
