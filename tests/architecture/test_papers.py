"""The papers of the house: licence, publiccode.yml, changelog, decisions, and links that lead somewhere."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from .tree import ROOT, Source, committed

_PAPERS = [
    "README.md",
    "STYLE.md",
    "GLOSSARY.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    "NOTICE",
    "publiccode.yml",
]
_DECISION_PARTS = ["## Context", "## Decision", "## Consequences", "## Measured"]
_LONGEST_DECISION = 45
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FILE = re.compile(r"`((?:luotsi|content|docs|tests|requirements|bench)/[\w./-]+)`")
_PUBLICCODE = {"publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType"}
_PUBLICCODE |= {"description", "legal", "maintenance", "localisation"}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def papers() -> list[Source]:
    """The Markdown that people read, with what others wrote left out."""
    names = [name for name in committed() if name.endswith(".md") and "vendor" not in name and "LICENSE" not in name]
    return [Source(name, (ROOT / name).read_text("utf-8")) for name in names]


def lost_links(paper: Source) -> Iterator[str]:
    """Relative links, and file names in backticks, that lead nowhere. A name with `*` or `<` is a pattern."""
    for target in _LINK.findall(paper.text):
        path = target.split("#")[0]
        if path and not re.match(r"[a-z]+:|/", path) and not (ROOT / paper.path).parent.joinpath(path).exists():
            yield f"{paper.path}: the link {target} leads nowhere"
    for name in _FILE.findall(paper.text):
        if not (ROOT / name).exists():
            yield f"{paper.path}: there is no {name}"


def publiccode_faults(paper: dict[str, Any]) -> list[str]:
    """What the publiccode.yml standard (0.4) requires and this one lacks."""
    found = [f"{key} is missing" for key in sorted(_PUBLICCODE - set(paper))]
    for language, text in paper.get("description", {}).items():
        if len(text["shortDescription"]) > 150:
            found.append(f"{language}: the short description is longer than 150 characters")
        if not 150 <= len(text["longDescription"]) <= 10_000:
            found.append(f"{language}: the long description is not 150–10,000 characters long")
    if paper.get("maintenance", {}).get("type") in {"internal", "community"} and not paper["maintenance"].get(
        "contacts"
    ):
        found.append("maintenance names no contact")
    return found


def decision_faults(paper: Source) -> list[str]:
    lines = paper.text.splitlines()
    found = [f"{paper.path}: {part!r} is missing" for part in _DECISION_PARTS if part not in lines]
    if len(lines) > _LONGEST_DECISION:
        found.append(f"{paper.path}: {len(lines)} lines; say it in {_LONGEST_DECISION}")
    return found


def decisions() -> list[Source]:
    folder = ROOT / "docs" / "decisions"
    return [Source(str(path.relative_to(ROOT)), path.read_text("utf-8")) for path in sorted(folder.glob("[0-9]*.md"))]


def test_the_papers_are_there() -> None:
    assert [name for name in _PAPERS if not (ROOT / name).is_file()] == []


def test_the_licence_is_the_same_everywhere() -> None:
    publiccode = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))

    assert project()["license"] == publiccode["legal"]["license"] == "EUPL-1.2"
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (ROOT / "LICENSE").read_text("utf-8").splitlines()[0]
    assert "15.Applicable Law" in (ROOT / "LICENSE").read_text("utf-8").replace("15. ", "15.")
    assert "pyvoikko" in (ROOT / "NOTICE").read_text("utf-8")


def test_publiccode_keeps_the_standard() -> None:
    paper = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))

    assert publiccode_faults(paper) == []
    assert set(paper["localisation"]["availableLanguages"]) == set(paper["description"]) == {"fi", "sv", "en"}


def test_a_publiccode_with_holes_is_noticed() -> None:
    paper = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    paper["description"]["fi"]["shortDescription"] = "x" * 151
    paper["maintenance"]["contacts"] = []
    del paper["url"]

    assert len(publiccode_faults(paper)) == 3


def test_the_changelog_knows_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$", text, re.MULTILINE)

    assert "## [Unreleased]" in text
    assert not released or released[0] == project()["version"]


def test_decisions_are_numbered_and_short() -> None:
    numbers = [Path(one.path).name[:4] for one in decisions()]

    assert len(numbers) >= 11
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert [fault for one in decisions() for fault in decision_faults(one)] == []


def test_a_decision_without_its_parts_is_noticed() -> None:
    whole = "\n".join(["# 1. A", *_DECISION_PARTS])

    assert decision_faults(Source("x.md", whole)) == []
    assert len(decision_faults(Source("x.md", whole.replace("## Measured", "## Felt")))) == 1
    assert len(decision_faults(Source("x.md", whole + "\n" * 60))) == 1


def test_links_and_file_names_in_the_papers_lead_somewhere() -> None:
    assert [fault for paper in papers() for fault in lost_links(paper)] == []


@pytest.mark.parametrize(
    "text, said", [("[a](gone.md)", 1), ("`luotsi/gone.py`", 1), ("[a](STYLE.md#x)", 0), ("[a](https://x)", 0)]
)
def test_a_lost_link_is_noticed(text: str, said: int) -> None:
    assert len(list(lost_links(Source("x.md", text)))) == said
