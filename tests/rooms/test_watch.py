"""The watch over the usage log (R11) sees what it is there to see."""

import importlib

import pytest

from tests import watch
from tests.factories import contact, resident, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
worklist = importlib.import_module("luotsi.domain.cases.queries.worklist")  # the package has a function of that name


def test_whoever_is_shown_on_a_list_stands_in_the_log() -> None:
    nurse, client = worker(), None
    for _ in range(3):
        contact(resident())
    client = signed_in(nurse)
    assert client.get("/fi/team/").status_code == 200

    assert (watch.SEEN.shown, watch.SEEN.missing, watch.SEEN.spurious) == (3, [], [])


@pytest.mark.unwatched
def test_a_page_that_shows_somebody_without_a_row_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the queries forget to tell the log."""
    nurse = worker()
    contact(resident())
    monkeypatch.setattr(worklist.events, "saw", lambda *_, **__: None)
    signed_in(nurse).get("/fi/team/")

    assert len(watch.SEEN.missing) == 1


@pytest.mark.unwatched
def test_a_row_about_somebody_who_is_not_shown_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the queries tell the log of one too many."""
    nurse, other = worker(), resident()
    contact(resident())
    saw = worklist.events.saw
    monkeypatch.setattr(
        worklist.events,
        "saw",
        lambda viewer, *, residents, **told: saw(viewer, residents=[*residents, other.id], **told),
    )
    signed_in(nurse).get("/fi/team/")

    assert len(watch.SEEN.spurious) == 1
