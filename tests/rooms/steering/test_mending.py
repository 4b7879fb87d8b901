"""What editors do about the things on their desk: taken by one, done, taken back; what is wrong again comes back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from luotsi.base.now import now, today
from luotsi.base.who import Who
from luotsi.domain.catalogue.actions.mending import mend
from luotsi.domain.catalogue.models import Mending, Search, Service
from luotsi.domain.catalogue.queries.desk import Desk
from luotsi.domain.catalogue.queries.desk import desk as desk_now
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from tests.factories import worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
DESK = "/fi/boards/services/"


@pytest.fixture
def editor() -> Who:
    return worker("service-manager", "kehittaminen", name="Erja Editoija")


def desk(days: int = 0) -> Desk:
    return desk_now("fi", at=now() + timedelta(days=days))


def search(words: str = "xyzzyx", days: int = 0) -> None:
    for _ in range(2):
        Search.objects.create(day=today() + timedelta(days=days), language="fi", words=words, found=0)


def press(client: Client, hold: Any, step: str) -> Any:
    sent = {"about": hold.about, "subject": hold.subject, "lack": hold.lack, "step": step}
    return client.post(f"{DESK}mending/", sent)


def test_words_are_taken_by_one_editor_done_and_taken_back(editor: Who) -> None:
    search()
    client, (one,) = signed_in(editor), desk().unfound
    assert press(client, one.hold, "take").status_code == 302
    assert desk().unfound[0].hold.taken_by == "Erja Editoija"
    other = signed_in(worker("service-manager", "kehittaminen", name="Toinen Editoija"))
    assert "on jo ottanut" in press_and_follow(other, one.hold, "take")
    assert desk().unfound[0].hold.taken_by == "Erja Editoija"
    press(client, one.hold, "leave")
    assert desk().unfound[0].hold.taken_by == ""
    press(client, one.hold, "finish")
    assert desk().unfound == ()
    assert [(done.label, done.by) for done in desk().done] == [("xyzzyx", "Erja Editoija")]
    press(client, one.hold, "reopen")
    assert [sought.words for sought in desk().unfound] == ["xyzzyx"]
    assert Event.objects.filter(kind="desk.moved").count() == 4


def press_and_follow(client: Client, hold: Any, step: str) -> str:
    press(client, hold, step)
    return str(client.get(DESK).content.decode())


def test_words_come_back_when_somebody_searches_with_them_on_a_later_day(editor: Who) -> None:
    search()
    press(signed_in(editor), desk().unfound[0].hold, "finish")
    assert desk(days=1).unfound == ()
    search(days=1)
    assert [one.words for one in desk(days=1).unfound] == ["xyzzyx"]


def test_what_was_done_keeps_no_words(editor: Who) -> None:
    search()
    press(signed_in(editor), desk().unfound[0].hold, "finish")
    (row,) = Mending.objects.values("about", "subject", "lack")
    assert "xyzzyx" not in str(row)


def test_a_service_comes_back_when_it_lacks_something_else(editor: Who) -> None:
    name = {"fi": "Hammashoito", "sv": "Tandvård", "en": "Dental care"}
    Service.objects.create(key="dental-care", name=name, summary=name, description=name)
    lacking = Service.objects.filter(key="dental-care")
    one = next(one for one in desk().lacking if one.key == "dental-care")
    press(signed_in(editor), one.hold, "finish")
    assert "dental-care" not in {row.key for row in desk().lacking}
    assert desk().done[0].label == name["fi"]
    lacking.update(name={**name, "sv": ""})
    assert "dental-care" in {row.key for row in desk().lacking}


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"step": "take"},
        {"step": "eat", "about": "words", "subject": "x"},
        {"step": "take", "about": "x", "subject": "x"},
        {"step": "take", "about": "words", "subject": "x" * 201},
        {"step": "finish", "about": "service", "subject": "x", "lack": "x" * 101},
    ],
    ids=["nothing", "no thing", "another step", "another thing", "long", "long lack"],
)
def test_a_press_that_names_nothing_is_a_bad_request(editor: Who, sent: dict[str, str]) -> None:
    assert signed_in(editor).post(f"{DESK}mending/", sent).status_code == 400
    assert not Mending.objects.exists()


def test_whoever_may_not_mend_does_not(editor: Who) -> None:
    nurse = worker("nurse")
    assert signed_in(nurse).post(f"{DESK}mending/", {}).status_code == 403
    with pytest.raises(NotAllowed):
        mend(about="words", subject="x", step="take", by=nurse, at=now())
