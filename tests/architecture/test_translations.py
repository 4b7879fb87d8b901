"""Every text of a page stands in Finnish and Swedish, and the compiled catalogues are the written ones."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

from .tree import HOUSE, ROOT, Source, python, templates

LANGUAGES = ("fi", "sv")
_ONE = {"gettext", "gettext_lazy", "gettext_noop", "_"}
_SEVERAL = {"ngettext", "ngettext_lazy"}
_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
# What templatize writes for {% translate %} and _("…"): a call with one string, or a plural with two.
_STRING = r"u?((?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))"
_CALL = re.compile(rf"\b(?:_|gettext|ngettext)\(\s*{_STRING}|\bpgettext\(\s*{_STRING}\s*,\s*{_STRING}")
_SLOTS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogues() -> list[Path]:
    return sorted((ROOT / HOUSE).rglob("locale/*/LC_MESSAGES/django.po"))


def unfinished(catalogue: polib.POFile, name: str) -> Iterator[str]:
    """Entries that are empty, fuzzy, dead, or that lost a slot such as %(name)s on the way."""
    for entry in catalogue.untranslated_entries():
        yield f"{name}: {entry.msgid!r} is not translated"
    for entry in catalogue.fuzzy_entries():
        yield f"{name}: {entry.msgid!r} is a guess (fuzzy)"
    for entry in catalogue.obsolete_entries():
        yield f"{name}: {entry.msgid!r} is no longer used"
    for entry in catalogue.translated_entries():
        for written in entry.msgstr_plural.values() or [entry.msgstr]:
            if set(_SLOTS.findall(written)) - set(_SLOTS.findall(entry.msgid + entry.msgid_plural)):
                yield f"{name}: {entry.msgid!r} and its translation {written!r} have different slots"


def texts(catalogue: list[polib.POEntry]) -> dict[tuple[str, str], object]:
    return {(entry.msgctxt or "", entry.msgid): entry.msgstr_plural or entry.msgstr for entry in catalogue}


def used_in_code(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = 0 if name in _ONE | _SEVERAL else 1 if name in _IN_CONTEXT else None
        if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
            yield node.args[place].value


def used_in_template(source: Source) -> Iterator[str]:
    for plain, _context, text in _CALL.findall(templatize(source.text, origin=source.path)):
        yield ast.literal_eval(plain or text)


def used() -> set[str]:
    code = {text for source in python(HOUSE) for text in used_in_code(source)}
    return code | {text for source in templates() for text in used_in_template(source)}


def test_there_is_a_catalogue_for_each_language() -> None:
    assert {path.parts[-3] for path in catalogues()} == set(LANGUAGES)


def test_every_catalogue_is_complete() -> None:
    sentences = [
        line for path in catalogues() for line in unfinished(polib.pofile(str(path)), str(path.relative_to(ROOT)))
    ]

    assert sentences == []


@pytest.mark.parametrize(
    "entry",
    [
        polib.POEntry(msgid="Home"),
        polib.POEntry(msgid="Home", msgstr="Koti", flags=["fuzzy"]),
        polib.POEntry(msgid="Home", msgstr="Koti", obsolete=True),
        polib.POEntry(msgid="At %(time)s", msgstr="Klo %(aika)s"),
    ],
)
def test_an_unfinished_entry_is_noticed(entry: polib.POEntry) -> None:
    catalogue = polib.POFile()
    catalogue.append(entry)

    assert list(unfinished(catalogue, "fi"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_pages_is_translated(language: str) -> None:
    """Texts that Django itself translates are found in Django's own catalogues and need no entry here."""
    ours = {entry.msgid for path in catalogues() if path.parts[-3] == language for entry in polib.pofile(str(path))}

    assert len(used()) >= 50, "where have the texts gone?"
    assert sorted(used() - ours - _djangos(language)) == []


def test_no_translation_is_left_of_a_text_that_is_gone() -> None:
    known = used()

    dead = {entry.msgid for path in catalogues() for entry in polib.pofile(str(path)) if entry.msgid not in known}

    assert sorted(dead) == []


def said_twice(entries: Iterable[tuple[str, polib.POEntry]]) -> list[str]:
    """Texts that two parts of the house translate each in its own way: Django shows only one of the two, everywhere."""
    known: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for language, entry in entries:
        known[language, entry.msgctxt or "", entry.msgid].add(entry.msgstr)
    return sorted(f"{language}: {text}: {said}" for (language, _, text), said in known.items() if len(said) > 1)


def test_a_text_has_one_translation_in_the_whole_house() -> None:
    """Write another text, or give it a context, where it means something else."""
    assert said_twice((path.parts[-3], entry) for path in catalogues() for entry in polib.pofile(str(path))) == []


def test_a_text_translated_in_two_ways_is_noticed() -> None:
    times = [("fi", polib.POEntry(msgid="Times", msgstr=said)) for said in ("Ajat", "Montako kertaa")]
    apart = [("fi", polib.POEntry(msgid="Times", msgctxt="log", msgstr="Montako kertaa")), times[0]]

    assert len(said_twice(times)) == 1
    assert said_twice(apart) == []


def test_texts_are_found_where_they_stand() -> None:
    template = '{% load i18n %}{% translate "A" %}{% button label=_("B") %}'
    template += "{% blocktranslate %}C {{ d }}{% endblocktranslate %}"
    code = '_("E")\ngettext_lazy("F")\nngettext("G", "Gs", n)\npgettext("where", "H")\nother("I")'

    assert set(used_in_template(Source("x.html", template))) == {"A", "B", "C %(d)s"}
    assert set(used_in_code(Source("x.py", code))) == {"E", "F", "G", "H"}


def test_compiled_catalogues_are_the_written_ones() -> None:
    """`make messages` compiles; a forgotten compile shows an old text to a resident."""
    stale = [str(path.relative_to(ROOT)) for path in catalogues() if _is_stale(path)]

    assert stale == []


def test_a_stale_compiled_catalogue_is_noticed(tmp_path: Path) -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Home", msgstr="Koti"))
    catalogue.save(str(tmp_path / "django.po"))
    assert _is_stale(tmp_path / "django.po"), "a missing .mo is stale too"
    catalogue.save_as_mofile(str(tmp_path / "django.mo"))
    assert not _is_stale(tmp_path / "django.po")
    catalogue[0].msgstr = "Etusivu"
    catalogue.save(str(tmp_path / "django.po"))

    assert _is_stale(tmp_path / "django.po")


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        return True
    return texts(list(polib.mofile(str(compiled)))) != texts(polib.pofile(str(path)).translated_entries())


def _djangos(language: str) -> set[str]:
    import django

    folder = Path(django.__file__).parent / "conf" / "locale" / language / "LC_MESSAGES" / "django.mo"
    return {entry.msgid for entry in polib.mofile(str(folder)) if entry.msgstr}
