"""A form on the shelf is replaced while somebody is filling it: what was begun goes on in its version and is sent."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from luotsi.base import shelf
from luotsi.base.now import now
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.definitions import Earlier
from luotsi.domain.questionnaires.definitions import questionnaires as on_the_shelf
from luotsi.domain.questionnaires.queries import forms, own
from tests.factories import as_who, resident

pytestmark = pytest.mark.django_db
FILE = "instruments/phq9.yaml"


@pytest.fixture
def replace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Puts the second version of PHQ-9 on a copy of the shelf, with or without the first one beside it."""
    was = shelf.ROOT

    def put(*, keeps: bool) -> None:
        for folder in was.iterdir():
            if folder.name not in {"questionnaires", "earlier_questionnaires"}:
                (tmp_path / folder.name).symlink_to(folder)
        shutil.copytree(was / "questionnaires", tmp_path / "questionnaires")
        new = tmp_path / "questionnaires" / FILE
        text = new.read_text(encoding="utf-8")
        new.write_text(text.replace("version: 1", "version: 2", 1), encoding="utf-8")
        if keeps:
            old = tmp_path / "earlier_questionnaires" / "phq9-1.yaml"
            old.parent.mkdir()
            old.write_text(text.replace("key: phq9\n", "key: phq9-1\nof: phq9\n", 1), encoding="utf-8")
        monkeypatch.setattr(shelf, "ROOT", tmp_path)
        shelf.forget()

    yield put
    monkeypatch.undo()
    shelf.forget()


def test_what_began_in_a_version_is_gone_on_with_and_sent_in_it(replace: Callable[..., None]) -> None:
    me = as_who(resident())
    row = questionnaires.start(questionnaire="phq9", resident=me.id, key=uuid4(), language="fi", by=me, at=now())
    replace(keeps=True)
    assert forms.definition("phq9").version == 2
    assert [one.form.version for one in own.under_way(viewer=me)] == [1], "it still waits among what was begun"
    answers = {item.key: item.options[1].value for item in forms.definition("phq9", 1).every_item if item.options}
    row, state = questionnaires.keep(response=row.id, given=answers, at_step="", revision=0, by=me, at=now())
    assert state.form.key == "phq9"
    sent = questionnaires.send(response=row.id, revision=row.revision, by=me, at=now())
    assert (sent.version, sent.completed_at is not None) == (1, True)
    assert own.read(sent.id, viewer=me).form.version == 1
    new = questionnaires.start(questionnaire="phq9", resident=me.id, key=uuid4(), language="fi", by=me, at=now())
    assert new.version == 2


def test_without_the_earlier_version_it_would_be_lost(replace: Callable[..., None]) -> None:
    """Negative control: this is why a version that was used is kept."""
    me = as_who(resident())
    questionnaires.start(questionnaire="phq9", resident=me.id, key=uuid4(), language="fi", by=me, at=now())
    replace(keeps=False)
    assert own.under_way(viewer=me) == []


def test_every_version_that_was_ever_in_use_can_be_read() -> None:
    """A version on the list was given to people. Whoever makes the next one moves its file to
    content/earlier_questionnaires with `of:` and a key of its own, and adds the new one to the list.
    """
    listed = [line.split() for line in (Path(__file__).parent / "versions.txt").read_text().splitlines()]
    assert len(listed) >= 50
    for key, version in listed:
        assert forms.definition(key, int(version)).version == int(version)
    missing = {(key, str(form.version)) for key, form in on_the_shelf().items()} - {(key, said) for key, said in listed}
    assert missing == set(), "add these to tests/domain/questionnaires/versions.txt"
    for kept in shelf.load("earlier_questionnaires", Earlier).values():
        assert kept.version < on_the_shelf()[kept.of].version
