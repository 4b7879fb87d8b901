"""A child-welfare notification over Easter 2026: 31.3. → 13.4., parallel ones joined, child and guardian told."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.now import HELSINKI
from luotsi.base.who import Who
from luotsi.domain.cases import actions, queries, rules
from luotsi.domain.cases.models import Case, Contact
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries.notifiers import read_notifier
from luotsi.domain.cases.queries.tellings import tellings_of, to_be_told
from luotsi.domain.events.models import Use
from luotsi.domain.events.queries import story_of
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries as person_queries
from tests.factories import as_who, resident, worker
from tests.factories.notifying import EASTER, child, guard, notification

pytestmark = pytest.mark.django_db
GOOD_FRIDAY = datetime(2026, 4, 3, 23, 30, tzinfo=HELSINKI)


def judge(case: Case, by: Who, outcome: str, *, at: datetime) -> None:
    actions.assess(case=case.id, outcome=outcome, key=uuid4(), by=by, at=at)


def tell(case: Case, by: Who, party: str, *, at: datetime, when: datetime | None = None) -> None:
    actions.tell(case=case.id, party=party, way="phone", key=uuid4(), by=by, at=at, when=when)


def view(case: Case, by: Who, *, at: datetime) -> CaseView:
    return queries.read_case(case.id, viewer=by, language="fi", at=at)


def test_a_notification_before_easter_is_decided_by_the_seventh_working_day() -> None:
    lotta = guard()
    case = notification(child(), lotta)
    due = {chip.line: chip.due for chip in view(case, lotta, at=EASTER).chips}
    assert due == {
        "child_welfare_urgent": date(2026, 3, 31),
        "child_welfare_start": date(2026, 4, 13),
        "child_welfare_done": date(2026, 6, 30),
    }


def test_a_parallel_notification_joins_with_a_limit_of_its_own() -> None:
    lotta, maija = guard(), child()
    case = notification(maija, lotta)
    judge(case, lotta, "not_urgent", at=EASTER + timedelta(hours=1))
    same = notification(maija, lotta, at=GOOD_FRIDAY, sender="anonymous", name="")
    assert same.id == case.id
    assert Case.objects.count() == 1
    found = view(case, lotta, at=GOOD_FRIDAY)
    starts = sorted(chip.due for chip in found.chips if chip.line == "child_welfare_start" and chip.due)
    assert starts == [date(2026, 4, 13), date(2026, 4, 15)]
    assert [chip.due for chip in found.chips if chip.line == "child_welfare_done"] == [date(2026, 6, 30)]
    assert found.stage.key == "urgency", "its urgency is judged at once too"


def test_the_urgency_of_a_later_notification_does_not_take_the_matter_back() -> None:
    lotta, maija = guard(), child()
    case = notification(maija, lotta)
    judge(case, lotta, "not_urgent", at=EASTER + timedelta(hours=1))
    judge(case, lotta, "started", at=EASTER + timedelta(days=1))
    notification(maija, lotta, at=GOOD_FRIDAY)
    judge(case, lotta, "at_once", at=GOOD_FRIDAY + timedelta(minutes=5))
    found = view(case, lotta, at=GOOD_FRIDAY + timedelta(minutes=6))
    assert found.is_emergency
    assert found.stage.key == "start"
    judge(case, lotta, "joined", at=GOOD_FRIDAY + timedelta(minutes=10))
    found = view(case, lotta, at=GOOD_FRIDAY + timedelta(minutes=11))
    assert {chip.state for chip in found.chips if chip.line != "child_welfare_done"} == {"met"}
    assert found.stage.key == "assessment"


def test_a_notification_judged_not_to_need_an_assessment_is_closed() -> None:
    lotta = guard()
    case = notification(child(), lotta)
    judge(case, lotta, "not_urgent", at=EASTER + timedelta(hours=1))
    judge(case, lotta, "not_started", at=EASTER + timedelta(days=1))
    case.refresh_from_db()
    assert case.close_reason == "not_started"


def test_the_child_and_the_guardian_are_told_of_each_notification_within_its_limit() -> None:
    lotta, maija = guard(), child()
    case = notification(maija, lotta)
    late = datetime(2026, 4, 14, 12, 0, tzinfo=HELSINKI)
    tell(case, lotta, "child", at=EASTER + timedelta(hours=3))
    notification(maija, lotta, at=GOOD_FRIDAY)
    tell(case, lotta, "guardian", at=late)
    found = view(case, lotta, at=late)
    standing = [(one.party.key, one.chip.due, one.state) for one in to_be_told(found, tellings_of(found)) if one.chip]
    assert standing == [
        ("child", date(2026, 4, 13), "told"),
        ("child", date(2026, 4, 15), "waiting"),
        ("guardian", date(2026, 4, 13), "told_late"),
        ("guardian", date(2026, 4, 15), "told"),
    ]


def test_nobody_was_told_before_the_notification_came() -> None:
    lotta = guard()
    case = notification(child(), lotta)
    with pytest.raises(rules.WrongTime):
        tell(case, lotta, "child", at=EASTER + timedelta(hours=1), when=EASTER - timedelta(hours=1))


def test_only_child_welfare_writes_who_was_told_and_it_counts_from_when_they_were() -> None:
    lotta = guard()
    case = notification(child(), lotta)
    told, written = EASTER + timedelta(hours=1), EASTER + timedelta(hours=5)
    for other in (worker("social-worker", unit="perhekeskus"), worker("unit-manager", unit="lastensuojelu")):
        with pytest.raises(NotAllowed):
            tell(case, other, "child", at=written)
    tell(case, lotta, "child", at=written, when=told)

    assert [one.occurred_at for one in story_of([case.id])[case.id] if one.kind == "party.told"] == [told]


def test_the_form_of_one_matter_tells_nobody_of_another() -> None:
    lotta, key = guard(), uuid4()
    said = {"party": "child", "way": "phone", "key": key, "by": lotta, "at": EASTER + timedelta(hours=1)}
    actions.tell(case=notification(child(), lotta).id, **said)
    other = notification(child(), lotta)
    with pytest.raises(rules.NotPossible):
        actions.tell(case=other.id, **said)


def test_who_notified_is_kept_from_everyone_without_need() -> None:
    lotta, maija = guard(), child()
    case = notification(maija, lotta)
    sent = Contact.objects.get()
    with time_machine.travel(EASTER + timedelta(hours=1)):
        assert read_notifier(case.id, sent.id, viewer=lotta) == "Rehtori Esimerkki"
        assert Use.objects.filter(what="notifier", resident=maija.id, actor_id=lotta.id).count() == 1
        for other in (worker("social-worker", unit="perhekeskus"), worker("nurse"), as_who(maija),
                      worker("unit-manager", unit="lastensuojelu")):  # fmt: skip
            with pytest.raises(NotAllowed):
                read_notifier(case.id, sent.id, viewer=other)


def test_the_matter_is_kept_from_the_guardian_until_a_worker_shares_it() -> None:
    lotta, maija, mother = guard(), child(), resident()
    people.give_mandate(
        principal=maija.id, agent=mother.id, kind="guardian", registers=("health", "social", "child_welfare"),
        source="population_register", valid_from=EASTER.date(), by=lotta, at=EASTER,
    )  # fmt: skip
    case = notification(maija, lotta)
    with time_machine.travel(EASTER + timedelta(hours=1)):
        acting = person_queries.resident_as_who(mother.id, acting_for=maija.id)
        assert acting is not None
        assert queries.my_matters(viewer=acting) == []
        actions.share_again(case=case.id, why="Huoltajalle on kerrottu", by=lotta, at=EASTER + timedelta(hours=1))
        assert [row.id for row in queries.my_matters(viewer=acting)] == [case.id]


def test_somebody_of_age_has_no_child_welfare_limit() -> None:
    lotta = guard()
    case = notification(child(born=date(2008, 3, 30)), lotta)
    assert view(case, lotta, at=EASTER).chips == ()
