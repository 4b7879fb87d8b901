"""Files beside answers: sealed, each person's own, copied with a correction, gone with what they belong to."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.models import Use
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import actions as people
from luotsi.domain.people.queries import resident_as_who
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Attachment, Response
from luotsi.domain.questionnaires.queries import attachments, gathering
from luotsi.domain.questionnaires.rules import files, sealing
from luotsi.domain.questionnaires.rules.files import Sound, Unfit, judged
from tests.factories import as_who, contact, resident, worker
from tests.factories.files import jpeg, large, pdf

pytestmark = pytest.mark.django_db
SAID = {"age": "adult", "about": "broken", "pain": 2, "phone": "040 123 4567"}


def begun(me: Who) -> Response:
    return questionnaires.start(
        questionnaire="need_oral", resident=me.whose, key=uuid4(), language="fi", by=me, at=now()
    )


def attached(row: Response, me: Who, content: bytes = b"", name: str = "hammas.jpg") -> dict[str, Any]:
    return questionnaires.attach(response=row.id, item="picture", name=name, content=content or jpeg(), by=me, at=now())


def saved(row: Response, me: Who, **given: object) -> Response:
    row.refresh_from_db()
    return questionnaires.keep(response=row.id, given=given, at_step="picture", revision=row.revision, by=me, at=now())[
        0
    ]


def sent(me: Who, *contents: bytes) -> Response:
    row = begun(me)
    row = saved(row, me, **SAID, picture=[attached(row, me, content) for content in contents])
    return questionnaires.send(response=row.id, revision=row.revision, by=me, at=now())


def opened(row: Response, viewer: Who) -> attachments.Opened:
    file = row.attachments.get()
    return attachments.opened(file.id, response=row.id, viewer=viewer)


def test_a_file_is_sealed_in_its_own_row_and_opens_there_alone() -> None:
    me, content = as_who(resident()), jpeg()
    row = sent(me, content)
    file = row.attachments.get()
    kept, key = judged("", content).content, settings.IDENTITY_KEY

    assert (file.item, file.kind, file.size, file.name) == ("picture", "image/jpeg", len(kept), "hammas.jpg")
    assert kept[20:60] not in bytes(file.sealed)
    assert sealing.unseal(bytes(file.sealed), key, of=str(file.id)) == kept
    for wrong in ({"of": str(uuid4())}, {"of": str(file.id), "key": "00" * 32}):
        with pytest.raises(InvalidTag):
            sealing.unseal(bytes(file.sealed), wrong.pop("key", key), **wrong)


def test_a_file_that_is_taken_out_goes_at_once_and_the_others_stay() -> None:
    me = as_who(resident())
    row = begun(me)
    one, two = attached(row, me), attached(row, me, pdf(), "lausunto.pdf")
    saved(row, me, picture=[one, two])
    row = saved(row, me, picture=[two])

    assert [str(file.id) for file in row.attachments.all()] == [two["file"]]


def test_what_stands_in_no_answer_when_they_are_sent_is_not_kept() -> None:
    me = as_who(resident())
    row = begun(me)
    one, _ = attached(row, me), attached(row, me)
    row = saved(row, me, **SAID, picture=[one])
    assert row.attachments.count() == 2, "a page that was refused may still name it"
    questionnaires.send(response=row.id, revision=row.revision, by=me, at=now())

    assert [str(file.id) for file in row.attachments.all()] == [one["file"]]


def test_answers_that_name_the_file_of_another_are_not_taken() -> None:
    me, other = as_who(resident()), as_who(resident())
    theirs = attached(begun(other), other)
    row = begun(me)
    row = saved(row, me, **SAID, picture=[theirs])

    with pytest.raises(Unfit), transaction.atomic():
        questionnaires.send(response=row.id, revision=row.revision, by=me, at=now())
    assert Attachment.objects.filter(id=theirs["file"]).exists()


def test_there_is_room_for_so_many_and_so_much() -> None:
    me = as_who(resident())
    row = begun(me)
    for _ in range(files.MOST_FILES):
        attached(row, me)
    with pytest.raises(Unfit, match="too_many"):
        attached(row, me)
    row = begun(me)
    for _ in range(4):
        attached(row, me, large(4_980_000))
    with pytest.raises(Unfit, match="too_much"):
        attached(row, me, large(4_000_000))


def test_nobody_adds_to_the_answers_of_another_nor_to_what_was_sent() -> None:
    me, row = as_who(resident()), begun(as_who(resident()))
    for response, by in ((row.id, me), (row.id, worker()), (sent(me, jpeg()).id, me), (uuid4(), me)):
        with pytest.raises(NotAllowed):
            questionnaires.attach(response=response, item="picture", name="a", content=jpeg(), by=by, at=now())


def test_a_file_is_never_changed() -> None:
    file = sent(as_who(resident()), jpeg()).attachments.get()

    with pytest.raises(DatabaseError, match="is not changed"), transaction.atomic():
        Attachment.objects.filter(id=file.id).update(name="toinen.jpg")


def test_a_correction_has_files_of_its_own_and_the_old_answers_keep_theirs() -> None:
    me = as_who(resident())
    old = sent(me, jpeg(), pdf())
    draft = questionnaires.amend(response=old.id, key=uuid4(), by=me, at=now())
    ours, theirs = ({str(file.id) for file in row.attachments.all()} for row in (draft, old))
    assert (len(ours), len(theirs), ours & theirs) == (2, 2, set())
    assert set(files.named_in(draft.answers)) == ours
    assert {**draft.answers, "picture": 0} == {**old.answers, "picture": 0}
    draft = saved(draft, me, picture=draft.answers["picture"][:1])
    new = questionnaires.send(response=draft.id, revision=draft.revision, by=me, at=now())

    old.refresh_from_db()
    assert (new.attachments.count(), old.attachments.count()) == (1, 2)
    assert opened(new, me).content == judged("", jpeg()).content or opened(new, me).kind == "image/jpeg"


def test_the_resident_and_who_works_with_them_open_it_and_nobody_else(figures: Any) -> None:
    person = resident()
    me, content = as_who(person), pdf()
    case = contact(person)
    row = sent(me, content)
    Response.objects.filter(id=row.id).update(subject=case.id)

    assert opened(row, me).content == content
    assert opened(row, worker()).content == content
    strangers = [as_who(resident()), worker(unit="kuhmo"), worker("social-worker", "aikuissosiaalityo"),
                 worker("service-manager", "kehittaminen"), worker("unit-manager")]  # fmt: skip
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            opened(row, stranger)
    with pytest.raises(NotAllowed):
        attachments.opened(row.attachments.get().id, response=sent(me, jpeg()).id, viewer=me)
    figures(f"files: 2 who may opened one, {len(strangers)} strangers 0")


def test_who_opened_a_file_stands_in_the_log_with_whose_it_is() -> None:
    person, nurse = resident(), worker()
    contact(person)
    row = sent(as_who(person), jpeg())
    with events.looking(nurse, action="case.read"):
        opened(row, nurse)

    use = Use.objects.get(what="attachment")
    assert (use.resident, use.subject, use.actor_id, use.register, use.ground) == (
        person.id, row.id, nurse.id, "health", "team"
    )  # fmt: skip


def test_a_parent_opens_what_they_gave_for_the_child_and_not_what_the_child_gave() -> None:
    parent, child = resident(), resident(born=now().date() - timedelta(days=5_000))
    people.give_mandate(
        principal=child.id, agent=parent.id, kind="guardian", registers=["health", "social", "none"],
        source="population_register", by=worker(), at=now(),
    )  # fmt: skip
    acting = resident_as_who(parent.id, acting_for=child.id)
    assert acting is not None
    theirs, own = sent(acting, jpeg()), sent(as_who(child), jpeg())

    assert opened(theirs, acting).kind == "image/jpeg"
    with pytest.raises(NotAllowed):
        opened(own, acting)


def seen_behind_the_wall(viewer: Who, id: UUID) -> int:
    with events.looking(viewer, action="case.read"), connection.cursor() as sql:
        sql.execute("SELECT count(*) FROM questionnaires_attachment WHERE id = %s", [id])
        return int(sql.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_shows_a_file_to_nobody_else() -> None:
    person, nurse, other = resident(), worker(), worker(unit="kuhmo")
    me = as_who(person)
    contact(person)
    id = sent(me, jpeg()).attachments.get().id

    assert [seen_behind_the_wall(who, id) for who in (me, nurse, other, as_who(resident()))] == [1, 1, 0, 0]
    with connection.cursor() as sql:  # the control: what hid it is this wall
        sql.execute("ALTER TABLE questionnaires_attachment DISABLE ROW LEVEL SECURITY")
        try:
            assert seen_behind_the_wall(other, id) == 1
        finally:
            sql.execute("ALTER TABLE questionnaires_attachment ENABLE ROW LEVEL SECURITY")


def test_files_go_with_their_answers_in_every_way() -> None:
    me = as_who(resident())
    dropped, forgotten, erased, of_person = begun(me), begun(me), sent(me, jpeg()), sent(me, jpeg())
    attached(dropped, me)
    attached(forgotten, me)
    questionnaires.drop(response=dropped.id, by=me)
    questionnaires.drop_unfinished(before=now() + timedelta(days=1))
    assert questionnaires.erase([erased.id])["questionnaires_attachment"] == 1
    assert questionnaires.erase_of([me.id])["questionnaires_attachment"] == 1
    assert of_person is not None

    assert Attachment.objects.count() == 0


def collected(questionnaire: str, mode: str) -> gathering.Gathering:
    row = questionnaires.open_collection(
        questionnaire=questionnaire, name="Aula", mode=mode, unit="sotkamo", key=uuid4(), by=worker("unit-manager"),
        at=now(),
    )  # fmt: skip
    found = gathering.by_token(gathering.token_of(row.id), at=now())
    assert found is not None
    return found


@pytest.mark.django_db(transaction=True)
def test_what_comes_by_a_link_is_kept_when_it_is_sent_and_a_kiosk_asks_for_none() -> None:
    sound, id = judged("hammas.jpg", jpeg()), str(uuid4())
    named = files.kept(id, name=sound.name, kind=sound.kind, size=len(sound.content))
    asked = {"answers": {**SAID, "picture": [named]}, "language": "fi", "by": worker(), "at": now()}
    given: dict[str, tuple[str, Sound]] = {id: ("picture", sound)}
    found = collected("need_oral", "link")
    with pytest.raises(Unfit):
        questionnaires.take(gathering=found, key=uuid4(), **asked)  # type: ignore[arg-type]
    questionnaires.take(gathering=found, key=uuid4(), attached=given, **asked)  # type: ignore[arg-type]
    kiosk = collected("need_oral", "kiosk")
    with pytest.raises(Unfit):
        questionnaires.take(gathering=kiosk, key=uuid4(), attached=given, **asked)  # type: ignore[arg-type]
    questionnaires.take(gathering=kiosk, key=uuid4(), **asked | {"answers": SAID})  # type: ignore[arg-type]

    assert [row.answers.get("picture") for row in Response.objects.order_by("started_at")] == [[named], None]
    assert [str(row.id) for row in Attachment.objects.all()] == [id]
    assert (gathering.takes_files(found), gathering.takes_files(kiosk)) == (True, False)
    assert gathering.takes_files(collected("phq9", "link")) is None
