"""On Mondays the manager of a unit with feedback hears that the week's digest can be read, and nothing else."""

from datetime import timedelta

import pytest
import time_machine

from luotsi import reactions
from luotsi.base.now import now
from luotsi.domain.messaging import actions as messaging
from luotsi.domain.messaging.models import Notice
from luotsi.domain.organisation.models import Staff
from tests.factories import MORNING, worker
from tests.factories.clients import signed_in
from tests.rooms.steering.answers import answered, opened

pytestmark = pytest.mark.django_db
SAID = "Odotustila oli kylmä"


class Post:
    """A mailer that keeps what it was given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []

    def send(self, *, to: str, subject: str, body: str, key: str) -> None:
        self.sent.append((to, subject, body))


def test_the_digest_is_told_of_once_on_monday_and_says_nothing_else() -> None:
    with time_machine.travel(MORNING - timedelta(days=4), tick=False):
        manager, other = worker("unit-manager", unit="sotkamo"), worker("unit-manager", unit="kuhmo")
        nurse = worker(unit="sotkamo")
        Staff.objects.filter(id=manager.id).update(mail="esa@example.org")
        kiosk = opened(manager)
        for number in range(6):
            answered(kiosk, recommend=number, heard="3", good=SAID if number == 2 else "")
        assert reactions.send_digests(at=now()) == 0  # a Thursday
    with time_machine.travel(MORNING, tick=False):
        assert reactions.send_digests(at=MORNING.replace(hour=7)) == 0
        assert reactions.send_digests(at=now()) == 1
        assert reactions.send_digests(at=now()) == 0
        assert {one.staff_id for one in Notice.objects.all()} == {manager.id}
        assert not {other.id, nurse.id} & {one.staff_id for one in Notice.objects.all()}
        post = Post()
        messaging.send_due(mailer=post, link="https://example.org", at=now())
        [(to, subject, body)] = post.sent
        assert to == "esa@example.org"
        assert "Sotkamo" not in subject + body
        assert SAID not in body
        page = signed_in(manager).get("/fi/boards/feedback/sotkamo/week/").content.decode()
        assert SAID in page
        assert signed_in(other).get("/fi/boards/feedback/sotkamo/week/").status_code == 404
