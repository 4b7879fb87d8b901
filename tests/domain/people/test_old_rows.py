"""Rows with a time of their own, what is computed from events, and that no table of the map is forgotten."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import F

from luotsi.config import retention
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.queries import standing
from luotsi.domain.clocks import actions as clocks
from luotsi.domain.clocks.models import Clock
from luotsi.domain.messaging.models import Notice
from luotsi.domain.people import actions as people
from luotsi.domain.people.definitions import tables
from luotsi.domain.people.models import Consent, ContactCheck, Mandate, Relationship, Resident
from tests.domain.people.retained import MAIL, PAST, all_about, dead, hold, matter, noon, run
from tests.factories import resident, worker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("table", "written", "gone"),
    [
        ("messaging_notice", date(2024, 3, 1), date(2026, 3, 2)),
        ("messaging_notice", date(2024, 2, 29), date(2026, 3, 1)),
        ("people_contactcheck", date(2026, 1, 30), date(2026, 3, 2)),
        ("people_relationship", date(2014, 3, 5), date(2026, 3, 6)),
        ("people_consent", date(2014, 3, 5), date(2026, 3, 6)),
        ("people_mandate", date(2014, 3, 5), date(2026, 3, 6)),
        ("people_legalhold", date(2014, 3, 5), date(2026, 3, 6)),
    ],
)
def test_rows_with_a_time_of_their_own_go_on_their_day(table: str, written: date, gone: date) -> None:
    person = dead(None, date(1980, 1, 1))
    matter(person)
    all_about(person)
    _grown_old(table, person, written)

    assert run(gone - DAY).gone.total() == 0
    outcome = run(gone)

    assert {name for (_, name), rows in outcome.gone.items() if rows} == {table}
    assert Resident.objects.get(id=person.id).erased_at is None


def test_clocks_rebuilt_from_events_do_not_bring_back_what_was_erased() -> None:
    matter(dead())
    kept = matter(resident())
    run(PAST)
    uses = {key: kind.clocks for key, kind in case_kinds().items()}

    def differences(**asked: object) -> list[clocks.Difference]:
        return clocks.rebuild(uses_of=uses, at=noon(PAST), check=True, born_of=lambda ids: {}, **asked)  # type: ignore[arg-type]

    assert set(Clock.objects.values_list("subject", flat=True)) <= {kept.id, kept.contact_id}
    assert [one for one in differences(stands=standing) if one.what == "it was missing"] == []
    assert [one for one in differences() if one.what == "it was missing"] != []


def test_a_worker_who_left_keeps_no_key() -> None:
    gone, here = worker(), worker()
    with connection.cursor() as sql:
        for one in (gone, here):
            sql.execute("INSERT INTO luotsi_config_account (id) VALUES (%s)", [one.id])
            sql.execute(
                "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'totp', '{}', now())",
                [one.id],
            )
        sql.execute("UPDATE organisation_staff SET left_on = %s WHERE id = %s", [PAST, gone.id])

    assert run(PAST).gone.total() == 0
    outcome = run(PAST + DAY)

    assert outcome.by_rule() == {"sign-in-keys": {"luotsi_config_account": 1, "mfa_authenticator": 1}}


def test_every_table_that_the_map_says_is_erased_is_erased() -> None:
    person = dead()
    matter(person)
    all_about(person)
    by_person = {table for (_, table) in run(PAST).gone}
    swept_each_round = {"luotsi_config_session", "luotsi_config_allowance"}
    erased = {name for name, table in tables().items() if table.erased != "never"}

    assert len(erased) >= 20
    assert erased == by_person | retention.SWEEPS.keys() | swept_each_round


def _grown_old(table: str, person: Resident, day: date) -> None:
    """The rows of that table as if they had been written, or had ended, on that day."""
    moment = noon(day)
    if table == "people_contactcheck":
        ContactCheck.objects.create(resident=person, kind="mail", value=MAIL, code_hash=b"x", sent_at=moment)
    elif table == "people_legalhold":
        hold(person)
        people.lift_hold(resident=person.id, by=worker("privacy-officer"), at=moment)
    elif table == "messaging_notice":
        Notice.objects.filter(resident=person).update(created_at=moment)
    elif table == "people_consent":
        Consent.objects.filter(resident=person).update(withdrawn_at=moment)
    elif table == "people_mandate":
        Mandate.objects.filter(principal=person).update(revoked_at=moment)
    else:
        Relationship.objects.filter(resident=person).update(begins_at=moment, ends_at=F("begins_at"))
        Relationship.objects.filter(resident=person).update(ends_at=moment)
