"""Anonymous answers are truly so: whoever reads the whole database cannot tell whose answer it is.

The attempt joins what was answered with who was invited and when they answered, by every column and by what PostgreSQL
itself keeps of each row: the transaction that wrote it and its place in the table. The same attempt finds the people
behind answers that are not anonymous, so it can find.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection

from luotsi.base.dates import start_of
from luotsi.base.now import local_day, now
from luotsi.base.who import Who
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import VISITOR
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Collection, Invitation, Response, Score
from luotsi.domain.questionnaires.queries import gathering
from luotsi.domain.questionnaires.rules import tokens
from tests.factories import worker


def answers_of(number: int) -> dict[str, Any]:
    """Something of one's own to know the answer by; the test alone knows whose it is."""
    return {"recommend": number % 11}


def round_of(people: list[Who], by: Who, *, questionnaire: str = "feedback_reception") -> tuple[Collection, list[str]]:
    collection = questionnaires.open_collection(
        questionnaire=questionnaire, name="Kevät", mode="invited", key=uuid4(), by=by, at=now()
    )
    found = []
    for one in people:
        row = questionnaires.invite(
            questionnaire=questionnaire, key=uuid4(), by=by, at=now(), staff=one.id, collection=collection.id
        )
        found.append(tokens.unseal(bytes(row.token_sealed), settings.IDENTITY_KEY))
    return collection, found


def answer(token: str, answers: dict[str, Any], *, is_anonymous: bool = True) -> None:
    found = gathering.by_token(token, at=now())
    assert found is not None
    questionnaires.take(
        gathering=replace(found, is_anonymous=is_anonymous), answers=answers, language="fi", key=uuid4(), by=VISITOR,
        at=now(),
    )  # fmt: skip


def rows(query: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as sql:
        sql.execute(query, given)
        return list(sql.fetchall())


def joined(collection: UUID) -> dict[UUID, UUID]:
    """Whose answer is which, as far as the database gives it away: by a reference, or by the transactions that wrote
    an invitation and an answer last, which of those next to each other stand for one sending."""
    invited = rows(
        "SELECT staff_id, response_id, xmin::text::bigint FROM questionnaires_invitation WHERE collection_id = %s",
        collection,
    )
    answered = rows(
        "SELECT id, filled_by_id, xmin::text::bigint FROM questionnaires_response WHERE collection_id = %s", collection
    )
    found: dict[UUID, UUID] = {}
    for staff, _, written in invited:  # an answer is written right after the day of its invitation
        next_at = min((at for *_, at in answered if 0 <= at - written <= 3), default=None)
        near = [response for response, _, at in answered if at == next_at]
        if len(near) == 1:
            found[staff] = near[0]
    found |= {staff: response for response, staff, _ in answered if staff}
    return found | {staff: response for staff, response, _ in invited if response}


def in_order(collection: UUID, table: str, key: str) -> list[UUID]:
    """The answers in the order in which a table keeps them, and in the order of its own key."""
    of = "id" if table == "questionnaires_response" else "response_id"
    where = f"{of} IN (SELECT id FROM questionnaires_response WHERE collection_id = %s)"
    return [row[0] for row in rows(f"SELECT {of} FROM {table} WHERE {where} ORDER BY {key}", collection)]


@pytest.fixture
def round_answered(transactional_db: None) -> tuple[Collection, list[Who], list[UUID]]:
    """Thirty workers were invited to an anonymous round and answered one after another."""
    manager = worker("unit-manager")
    people = [worker() for _ in range(30)]
    collection, links = round_of(people, manager)
    order = []
    for number, link in enumerate(links):
        before = set(Response.objects.values_list("id", flat=True))
        answer(link, answers_of(number))
        order.append((set(Response.objects.values_list("id", flat=True)) - before).pop())
    return collection, people, order


@pytest.mark.django_db(transaction=True)
def test_nothing_in_the_database_leads_from_an_answer_to_whoever_was_invited(
    round_answered: tuple[Collection, list[Who], list[UUID]], figures: Callable[[str], None]
) -> None:
    collection, people, order = round_answered
    truth = {one.id: response for one, response in zip(people, order, strict=True)}
    found = joined(collection.id)
    right = [staff for staff, response in found.items() if truth[staff] == response]

    assert Response.objects.filter(collection=collection).count() == len(people)
    assert Invitation.objects.exclude(answered_on=None).count() == len(people)
    assert len(right) <= 6, "chance alone is right about once in thirty guesses"
    figures(f"anonymous: {len(people)} answered, the search guessed {len(found)} and was right of {len(right)}")


@pytest.mark.django_db(transaction=True)
def test_the_same_search_finds_the_people_behind_answers_that_are_not_anonymous(transactional_db: None) -> None:
    people = [worker() for _ in range(6)]
    collection, links = round_of(people, worker("unit-manager"))
    Invitation.objects.update(is_anonymous=False)
    for number, link in enumerate(links):
        answer(link, answers_of(number), is_anonymous=False)

    truth = dict(Response.objects.values_list("filled_by_id", "id"))
    assert set(truth) == {one.id for one in people}
    assert joined(collection.id) == truth


@pytest.mark.django_db(transaction=True)
def test_without_mixing_the_same_search_would_find_whoever_was_invited(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luotsi.domain.questionnaires.actions.gathering._by_chance", lambda rows: [])
    people = [worker() for _ in range(6)]
    collection, links = round_of(people, worker("unit-manager"))
    for number, link in enumerate(links):
        answer(link, answers_of(number))

    found = joined(collection.id)
    assert len(found) >= 5
    marks = {response.id: response.answers["recommend"] for response in Response.objects.all()}
    assert all(marks[found[one.id]] == number for number, one in enumerate(people) if one.id in found)


@pytest.mark.django_db(transaction=True)
def test_the_order_of_rows_is_not_the_order_in_which_they_came(
    round_answered: tuple[Collection, list[Who], list[UUID]],
) -> None:
    collection, _, order = round_answered
    for table, key in [
        ("questionnaires_response", "ctid"),
        ("questionnaires_response", "id"),
        ("questionnaires_response", "xmin::text::bigint, ctid"),
        ("questionnaires_score", "id"),
        ("questionnaires_score", "ctid"),
    ]:
        kept = in_order(collection.id, table, key)
        if kept:
            at_home = sum(1 for one, other in zip(kept, order, strict=False) if one == other)
            assert at_home < len(order) / 3, f"{table} by {key} tells the order"


@pytest.mark.django_db(transaction=True)
def test_an_anonymous_answer_says_its_round_and_nothing_of_its_moment(
    round_answered: tuple[Collection, list[Who], list[UUID]],
) -> None:
    collection, _, _ = round_answered

    moments = set(Response.objects.filter(collection=collection).values_list("completed_at", "started_at"))
    assert moments == {(collection.opens_at, collection.opens_at)}
    assert set(Score.objects.values_list("at", flat=True)) <= {collection.opens_at}
    assert not Event.objects.filter(kind__in=["questionnaire.completed", "questionnaire.started"]).exists()


@pytest.mark.django_db(transaction=True)
def test_an_invitation_is_answered_once(transactional_db: None) -> None:
    collection, links = round_of([worker()], worker("unit-manager"))
    answer(links[0], answers_of(1))

    with pytest.raises(questionnaires.NotOpen, match="answered"):
        answer(links[0], answers_of(2))
    assert Response.objects.filter(collection=collection).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_was_not_kept_may_be_given_again(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, links = round_of([worker()], worker("unit-manager"))
    with monkeypatch.context() as broken:
        broken.setattr("luotsi.domain.questionnaires.actions.gathering._earlier", lambda collection: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            answer(links[0], answers_of(1))

    answer(links[0], answers_of(1))
    assert Response.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_closed_or_foreign_link_opens_nothing(transactional_db: None) -> None:
    manager = worker("unit-manager")
    collection = questionnaires.open_collection(
        questionnaire="feedback_reception", name="Aula", mode="kiosk", unit="sotkamo", key=uuid4(), by=manager,
        at=now() - timedelta(hours=1),
    )  # fmt: skip
    token = gathering.token_of(collection.id)
    answer(token, answers_of(3))
    questionnaires.close_collection(collection=collection.id, by=manager, at=now())

    with pytest.raises(questionnaires.NotOpen, match="closed"):
        answer(token, answers_of(4))
    assert gathering.by_token(tokens.new_token(), at=now()) is None
    row = Response.objects.get()
    assert (row.unit_id, row.is_anonymous, row.resident_id) == ("sotkamo", True, None)
    assert row.completed_at == start_of(local_day(now())), "the day and no more"
