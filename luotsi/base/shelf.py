"""The shelf: what counties, years and the law differ on, as reviewed YAML files under content/.

    load("clocks", ClockRule) -> {"PHC-3M-2025": ClockRule(...), ...}

One file holds one definition; its type is a frozen pydantic model, so the vocabulary is closed. A county
overrides by whole file: content/counties/<county>/clocks/x.yaml stands instead of content/clocks/x.yaml.
"""

import difflib
import os
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from luotsi.base.text import Text

# "register" is the law's word for a set of records; pydantic's own class happens to have a method of that name.
warnings.filterwarnings("ignore", message='Field name "register"')

# libyaml reads `{fi: Mikä?, sv: Vad?}` by the standard; the loader in Python stumbles over "?," there.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ROOT = Path(os.environ.get("LUOTSI_CONTENT") or Path(__file__).parents[2] / "content")


class ShelfError(Exception):
    """A file on the shelf that cannot be used. The sentence names file, line and mend."""

    def __init__(self, path: Path, line: int, what: str) -> None:
        self.path, self.line, self.what = path, line, what
        super().__init__(f"{_place(path)}:{line}: {what}")


class Entry(BaseModel):
    """A part of a definition: unknown fields are refused, nothing changes after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Definition(Entry):
    """What every file on the shelf carries. `key` is how code, links and figures name it."""

    key: str
    name: Text


D = TypeVar("D", bound=Definition)


@cache
def load(folder: str, model: type[D]) -> dict[str, D]:
    """Every definition of a folder by key, in key order.

    Raises ShelfError: bad YAML, unknown or missing field, wrong value, or the same key twice.
    """
    found: dict[str, D] = {}
    for path in _files(folder):
        definition = read(path, model)
        if definition.key in found:
            raise ShelfError(path, 1, f"the key {definition.key!r} stands in another file too; choose a new key")
        found[definition.key] = definition
    return dict(sorted(found.items()))


def read(path: Path, model: type[D]) -> D:
    """One file as a definition, or a ShelfError that says what to mend and where."""
    source = path.read_text(encoding="utf-8")
    try:
        data = yaml.load(source, Loader=_LOADER)  # noqa: S506 (a safe loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ShelfError(path, mark.line + 1 if mark else 1, f"not readable YAML: {_problem(error)}") from None
    if not isinstance(data, dict):
        raise ShelfError(path, 1, "a definition is a mapping that begins with `key:`")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        # A misspelt field is told before the required one that it leaves missing.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        raise ShelfError(path, _line_of(source, first["loc"]), _sentence(first, model)) from None


def forget() -> None:
    """Read the files again at the next `load`: for tests and for a shelf that was edited while running."""
    load.cache_clear()


def county() -> str:
    """The county whose own files go before the common ones: LUOTSI_COUNTY, by default kainuu."""
    return os.environ.get("LUOTSI_COUNTY", "kainuu")


def _files(folder: str) -> Iterator[Path]:
    common = {path.relative_to(ROOT / folder): path for path in (ROOT / folder).rglob("*.yaml")}
    own_root = ROOT / "counties" / county() / folder
    own = {path.relative_to(own_root): path for path in own_root.rglob("*.yaml")}
    return iter(path for _, path in sorted((common | own).items()))


def _line_of(source: str, location: tuple[Any, ...]) -> int:
    """The line on which a value stands, found by walking the YAML nodes along pydantic's location."""
    node = yaml.compose(source, Loader=_LOADER)
    line = 1
    for step in location:
        if isinstance(node, yaml.MappingNode):
            pair = next((p for p in node.value if p[0].value == str(step)), None)
            if pair is None:
                continue  # a union's branch name, or a field that is missing
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _sentence(error: Any, model: type[BaseModel]) -> str:
    place = ".".join(str(step) for step in error["loc"]) or "the file"
    if error["type"] == "missing":
        return f"{place} is missing; add it"
    if error["type"] == "extra_forbidden":
        return f"{place} is not a field here{_suggestion(str(error['loc'][-1]), model)}"
    return f"{place}: {error['msg'].removeprefix('Value error, ')} (it says {_short(error.get('input'))})"


def _suggestion(word: str, model: type[BaseModel]) -> str:
    near = difflib.get_close_matches(word, _all_fields(model), n=1)
    return f"; did you mean {near[0]!r}?" if near else "; remove it or check its indentation"


def _all_fields(model: type[BaseModel]) -> set[str]:
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return {name for part in parts for name in part.get("properties", {})}


def _short(value: object) -> str:
    words = repr(value)
    return words if len(words) <= 60 else words[:57] + "…"


def _problem(error: yaml.YAMLError) -> str:
    return " ".join(str(part) for part in (getattr(error, "problem", ""), getattr(error, "context", "")) if part)


def _place(path: Path) -> str:
    return str(path.relative_to(ROOT.parent)) if path.is_relative_to(ROOT.parent) else path.name
