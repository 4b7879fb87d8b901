"""A folder of PTV's answers as JSON files: every entity in it, and what is wrong, by file, entity and field.

A file holds one entity, a list of them, or an answer by pages. Of v11 it is no matter which file they stand in; one of
v12 is called after what it holds.
"""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from luotsi.domain.catalogue.ports import Fault, Tell, Told
from luotsi.gateways.ptv import newer, telling
from luotsi.gateways.ptv.line import listed
from luotsi.gateways.ptv.shapes import KINDS, Entity

LARGEST_BYTES, MOST_FILES, MOST_FAULTS = 50_000_000, 5_000, 200
# Of pydantic's types of error the word of ours; those that are not here are another shape.
_FAULTS = {
    "missing": "missing",
    "uuid_": "no_identifier",
    "time_": "no_time",
    "date_": "no_day",
    "datetime_": "no_day",
    "value_error": "no_day",
    "float_": "no_number",
    "literal_error": "other_word",
    "string_too_long": "too_long",
    "too_long": "too_long",
}


@dataclass
class Read:
    """What a folder holds, by kind and id, and its faults.

    `links`: the channels of services that v12 tells apart from them. `concepts`: v12's words by their addresses.
    """

    found: dict[type[Entity], dict[UUID, Any]] = field(default_factory=lambda: {kind: {} for kind in KINDS.values()})
    files: dict[UUID, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    links: dict[UUID, list[UUID]] = field(default_factory=dict)
    concepts: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, file: str, told: Any) -> None:
        if isinstance(told, newer.Connection):
            self.links.setdefault(told.service, []).append(told.channel)
        elif isinstance(told, newer.Concept):
            self.concepts[told.uri] = told.name
        else:
            entity = told.older() if isinstance(told, newer.Versioned) else told
            self.found[type(entity)][entity.id] = entity
            self.files[entity.id] = file


def read_folder(folder: Path, *, is_whole: bool = True, tell: Tell | None = None) -> Told:
    """All that the JSON files of the folder tell, those in folders below too; one whose name begins with _ is a note of
    the fetch. Raises FileNotFoundError.
    """
    if not folder.exists():
        raise FileNotFoundError(f"there is no folder {folder}")
    files = sorted(folder.rglob("[!_]*.json")) if folder.is_dir() else [folder]
    read = Read()
    if not files:
        read.faults.append(Fault(str(folder), "", "", "no_files"))
    for number, file in enumerate(files[:MOST_FILES], 1):
        _read_file(file, str(file.relative_to(folder)) if folder.is_dir() else file.name, read)
        if tell:
            tell("reading", number, len(files))
    return replace(telling.told(read), is_whole=is_whole)


def _read_file(file: Path, name: str, read: Read) -> None:
    if file.stat().st_size > LARGEST_BYTES:
        read.faults.append(Fault(name, "", "", "too_large", {"limit": f"{LARGEST_BYTES:,}"}))
        return
    try:
        content = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        read.faults.append(Fault(name, "", "", "not_json", {"line": str(line)}))
        return
    for number, given in enumerate(listed(content)):
        _read_entity(given, number, name, read)


def _read_entity(given: Any, number: int, file: str, read: Read) -> None:
    if len(read.faults) >= MOST_FAULTS:
        return
    kind = newer.kind_of(given, file) or _kind_of(given)
    called = _called(given, number)
    if kind is None:
        read.faults.append(Fault(file, called, "", "no_entity"))
        return
    try:
        read.add(file, kind.model_validate(given))
    except ValidationError as error:
        read.faults += [_fault(file, f"{kind.__name__} {called}", one) for one in error.errors()[:20]]


def _kind_of(given: Any) -> type[Entity] | None:
    return next((kind for name, kind in KINDS.items() if isinstance(given, dict) and name in given), None)


def _called(given: Any, number: int) -> str:
    told = given.get("id") or given.get("contentId") if isinstance(given, dict) else None
    return told[:40] if isinstance(told, str) and told else f"number {number + 1}"


def _fault(file: str, entity: str, error: Any) -> Fault:
    place = ".".join(str(part) for part in error["loc"])
    key = next((key for kind, key in _FAULTS.items() if error["type"].startswith(kind)), "other_shape")
    return Fault(file, entity, place, key, {name: str(value) for name, value in error.get("ctx", {}).items()})
