"""What is under way between professions when one walks into the demonstration."""

from datetime import timedelta

import pytest

from luotsi.base.dates import is_working_day
from luotsi.base.now import HELSINKI, local_day
from luotsi.base.who import SYSTEM
from luotsi.demo import cast, sent_on
from luotsi.domain.cases.queries import directions, my_matters
from luotsi.domain.cases.queries import referrals as book
from luotsi.domain.cases.queries.consultations import read_time, times_with_questions
from luotsi.domain.catalogue.actions.loading import load_shelf
from luotsi.domain.people import access as people
from tests.demo.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def states(key: str, view: book.View) -> list[str]:
    rows = book.referrals(viewer=cast.MEMBERS[key].as_who(), view=view)
    return sorted(row.state for row in rows if row.sent_at > AT - timedelta(days=10))  # the year's history is older


def test_the_physiotherapist_has_one_new_and_one_on_hold() -> None:
    assert states("petri", "received") == ["on_hold", "sent"]


def test_the_nurse_sees_how_each_of_hers_stands() -> None:
    assert states("nelli", "all") == ["answered", "on_hold", "received", "returned", "sent", "sent", "sent"]


def test_the_partner_sees_what_was_sent_to_it_and_the_consultant_what_was_asked() -> None:
    assert states("kerttu", "all") == ["received"]
    assert states("elo", "received") == ["answered", "sent", "sent"]
    assert states("teemu", "all") == []


def test_nobody_at_sotkamo_has_had_anything_to_do_with_toivo() -> None:
    """The walk of rights finds him by his code, and nothing of him opens without an emergency."""
    for key in ("nelli", "linda", "noora"):
        assert people.relationship_of(cast.MEMBERS[key].as_who(), cast.TOIVO.id, at=AT) is None


def test_what_the_cast_sends_is_sent_in_working_hours() -> None:
    nelli = cast.MEMBERS["nelli"].as_who()
    rows = [row for row in book.referrals(viewer=nelli, view="all") if AT - timedelta(days=14) < row.sent_at]
    sent = [row.sent_at.astimezone(HELSINKI) for row in rows]

    assert sent
    assert all(is_working_day(local_day(one)) and 8 <= one.hour < 16 for one in sent), sent


def test_two_questions_wait_for_one_consultation_time() -> None:
    elo = cast.MEMBERS["elo"].as_who()
    (time,) = times_with_questions(viewer=elo, after=AT)
    assert time.questions == 2
    assert len(read_time(time.slot.id, viewer=elo).unanswered) == 2


def test_the_guidance_desk_has_tried_two_services() -> None:
    load_shelf(by=SYSTEM, at=AT)
    sent_on.guide(at=AT)
    aili = cast.AILI.as_who()
    (matter,) = [one for one in my_matters(viewer=aili) if one.kind == "guidance"]

    assert [one.result_key for one in directions.directions_of(matter.id, viewer=aili)] == ["", "not_suitable"]
    assert states("taru", "received") == ["accepted"]
