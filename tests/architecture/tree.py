"""The project's own files as the architecture tests read them."""

import ast
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = "luotsi"
_NOT_OURS = {".git", ".venv", "data", "node_modules", "__pycache__", "build", "staticfiles", "test-results"}


@dataclass(frozen=True)
class Source:
    """One file: `path` as it is written in the project ("luotsi/base/now.py"), and its text."""

    path: str
    text: str

    @cached_property
    def syntax(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every part of the syntax: asked by a dozen checks, walked once."""
        return list(ast.walk(self.syntax))

    @cached_property
    def names(self) -> dict[str, str]:
        return imported_names(self.syntax)

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.path).parts


def python(*folders: str) -> list[Source]:
    """The Python files of those folders, generated migrations left out."""
    return [one for one in files(*folders, suffix=".py") if "migrations" not in one.parts]


def templates() -> list[Source]:
    """Every template and SVG template of ours, fetched libraries left out."""
    return [one for end in (".html", ".svg", ".txt") for one in files(HOUSE, suffix=end) if "static" not in one.parts]


def files(*folders: str, suffix: str) -> list[Source]:
    return [one for folder in folders for one in _files(folder, suffix)]


@cache
def committed() -> list[str]:
    """The files under version control; in an unpacked archive without git, the files that are there."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return [str(path.relative_to(ROOT)) for path in sorted(ROOT.rglob("*")) if path.is_file() and _is_ours(path)]
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def findings(check: Callable[[Source], Iterable[str]], sources: list[Source]) -> list[str]:
    """What the checker says of every file. A check of nothing is a failure, not a success."""
    assert sources, "no file to look at: has a folder moved?"
    return [sentence for source in sources for sentence in check(source)]


def imported_names(tree: ast.AST) -> dict[str, str]:
    """What each imported name stands for: {"models": "luotsi.domain.cases.models", "now": "luotsi.base.now.now"}."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                names[one.asname or one.name.split(".")[0]] = one.name if one.asname else one.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom):
            for one in node.names:
                names[one.asname or one.name] = f"{node.module or ''}.{one.name}"
    return names


def dotted(node: ast.AST, names: dict[str, str]) -> str:
    """An expression `a.b.c` with its first name replaced by what was imported, or "" for anything else."""
    steps: list[str] = []
    while isinstance(node, ast.Attribute):
        steps.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([names.get(node.id, node.id), *reversed(steps)])


@cache
def _files(folder: str, suffix: str) -> list[Source]:
    """Read once, whichever check asks, so that the syntax of a file is found out once too."""
    found = sorted((ROOT / folder).rglob(f"*{suffix}"))
    return [Source(str(path.relative_to(ROOT)), path.read_text("utf-8")) for path in found if _is_ours(path)]


def _is_ours(path: Path) -> bool:
    return not _NOT_OURS.intersection(path.relative_to(ROOT).parts)
