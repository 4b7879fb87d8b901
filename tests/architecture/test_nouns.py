"""Fourteen nouns, each with the same files, and no foreign key that points up."""

from collections.abc import Iterable
from configparser import ConfigParser
from pathlib import Path

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.db import models

from .tree import HOUSE, ROOT

FILES = {"models", "events", "rules", "access", "actions", "queries", "definitions", "ports", "migrations"}
DOMAIN = ROOT / HOUSE / "domain"


def nouns_in_order() -> list[set[str]]:
    """The nouns of the import contract, lowest first; siblings share a step."""
    contract = ConfigParser()
    contract.read(ROOT / ".importlinter")
    layers = contract["importlinter:contract:nouns"]["layers"].split("\n")
    return [{name.strip(" ()") for name in layer.split("|")} for layer in reversed(layers) if layer.strip()]


def foreign_files(noun: Path) -> list[str]:
    """What a noun's folder holds beside its agreed files. A file over 300 lines may be a folder of the same name."""
    names = sorted({entry.name for entry in noun.iterdir()} - {"__init__.py", "__pycache__"})
    return [f"{noun.name}/{name} is not one of a noun's files" for name in names if Path(name).stem not in FILES]


def links(every: Iterable[type[models.Model]]) -> list[tuple[str, str, str]]:
    """Each foreign key between two nouns as (from noun, field, to noun)."""
    found = []
    for model in every:
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model is not None:
                found.append((model._meta.app_label, f"{model.__name__}.{field.name}", _noun(field.related_model)))
    return found


def _noun(model: type[models.Model] | str) -> str:
    """The noun of a model, or of a name like "cases.Case" that no loaded model bears."""
    return model.split(".")[0] if isinstance(model, str) else model._meta.app_label


def upward(found: Iterable[tuple[str, str, str]]) -> list[str]:
    """The links that point up or sideways in the order of the nouns, as sentences."""
    step = {noun: height for height, layer in enumerate(nouns_in_order()) for noun in layer}
    wrong = [(start, field, end) for start, field, end in found if end != start and step[end] >= step.get(start, 0)]
    return [f"{start}: {field} points at {end}, which is not below it" for start, field, end in wrong]


def test_the_contract_names_the_fourteen_nouns() -> None:
    assert sum(len(layer) for layer in nouns_in_order()) == 14


def test_each_noun_has_the_agreed_files_and_no_others() -> None:
    folders = [entry for entry in DOMAIN.iterdir() if entry.is_dir() and entry.name != "__pycache__"]

    assert folders
    assert [sentence for noun in folders for sentence in foreign_files(noun)] == []


@pytest.mark.parametrize("name", ["views.py", "utils.py", "templates", "admin.py"])
def test_a_file_of_another_name_is_noticed(tmp_path: Path, name: str) -> None:
    (tmp_path / "actions.py").touch()
    (tmp_path / "rules").mkdir()
    (tmp_path / name).touch()

    assert foreign_files(tmp_path) == [f"{tmp_path.name}/{name} is not one of a noun's files"]


def test_a_noun_imports_nothing_when_it_is_named() -> None:
    """`import luotsi.domain.cases` runs no code: what a noun offers is imported from its files."""
    inits = [init for init in DOMAIN.glob("*/__init__.py") if "import" in init.read_text("utf-8")]

    assert [str(init.relative_to(ROOT)) for init in inits] == []


def test_foreign_keys_point_down() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith(f"{HOUSE}.domain.")]

    assert links(ours), "no foreign key found: are the nouns in INSTALLED_APPS?"
    assert upward(links(ours)) == []


def test_a_foreign_key_that_points_up_or_sideways_is_noticed() -> None:
    elsewhere = Apps()

    class Slot(models.Model):
        case = models.ForeignKey("cases.Case", on_delete=models.PROTECT)
        thread = models.ForeignKey("messaging.Thread", on_delete=models.PROTECT)
        place = models.ForeignKey("catalogue.Place", on_delete=models.PROTECT)

        class Meta:
            app_label = "bookings"
            apps = elsewhere

    assert upward(links([Slot])) == [
        "bookings: Slot.case points at cases, which is not below it",
        "bookings: Slot.thread points at messaging, which is not below it",
    ]


def test_generic_foreign_keys_are_not_used() -> None:
    """A GenericForeignKey escapes the database's own check, so no noun has one."""
    ours = [model for model in apps.get_models() if model.__module__.startswith(f"{HOUSE}.domain.")]

    assert [model.__name__ for model in ours if model._meta.private_fields] == []
