"""Notices leave once, say nothing of what they are about, and wait when the mail server does not answer."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from luotsi.base.ids import new_id
from luotsi.domain.messaging import actions, queries, rules
from luotsi.domain.messaging.definitions import message_templates
from luotsi.domain.messaging.models import Notice
from luotsi.domain.messaging.ports import CannotSend
from luotsi.domain.people import actions as people
from luotsi.gateways.delivery.client import DjangoMailer
from tests.factories import as_who, resident

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Postbox:
    """Takes mail, or refuses it while it is down."""

    def __init__(self) -> None:
        self.mails: list[dict[str, str]] = []
        self.is_down = False

    def send(self, **mail: str) -> None:
        if self.is_down:
            raise CannotSend("the mail server x:25 did not take the mail")
        self.mails.append(mail)


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


def send(postbox: Postbox, at: datetime = AT) -> tuple[int, int]:
    return actions.send_due(mailer=postbox, link="https://example.org/", at=at)


@pytest.mark.django_db
def test_one_event_gives_one_mail_however_often_it_is_reacted_to(postbox: Postbox) -> None:
    cause, person = new_id(), resident(mail="a@example.org", language="sv")
    for _ in range(3):
        actions.notify(resident=person.id, cause=cause, at=AT)
    assert send(postbox) == (1, 0)
    assert send(postbox) == (0, 0)
    assert postbox.mails[0]["subject"] == "Du har ett meddelande"
    assert postbox.mails[0]["key"] == str(cause)


@pytest.mark.django_db
def test_a_mail_waits_while_the_server_is_down_and_leaves_when_it_is_up(postbox: Postbox) -> None:
    actions.notify(resident=resident(mail="a@example.org").id, cause=new_id(), at=AT)
    postbox.is_down = True
    assert send(postbox) == (0, 1)
    assert queries.outgoing().waiting == 1
    assert "x:25" in queries.outgoing().last_error
    postbox.is_down = False
    assert send(postbox) == (0, 0), "not before its time"
    assert send(postbox, AT + timedelta(minutes=2)) == (1, 0)


@pytest.mark.django_db
def test_after_six_failures_a_person_must_look(postbox: Postbox) -> None:
    actions.notify(resident=resident(mail="a@example.org").id, cause=new_id(), at=AT)
    postbox.is_down = True
    for day in range(8):
        send(postbox, AT + timedelta(days=day))
    assert (queries.outgoing().waiting, queries.outgoing().given_up) == (0, 1)


@pytest.mark.django_db
def test_who_has_refused_notices_by_mail_gets_none(postbox: Postbox) -> None:
    person = resident(mail="a@example.org")
    people.give_consent(resident=person.id, purpose=actions.BY_MAIL, by=as_who(person), at=AT, is_refusal=True)
    actions.notify(resident=person.id, cause=new_id(), at=AT)
    send(postbox)
    assert postbox.mails == []
    people.withdraw_consent(resident=person.id, purpose=actions.BY_MAIL, by=as_who(person), at=AT)
    actions.notify(resident=person.id, cause=new_id(), at=AT)
    send(postbox)
    assert [mail["to"] for mail in postbox.mails] == ["a@example.org"]


@pytest.mark.django_db
def test_a_code_goes_to_the_new_address_and_is_forgotten_when_it_has_left(postbox: Postbox) -> None:
    person = resident(mail="old@example.org")
    write_code(person.id, until=AT + timedelta(minutes=15))
    send(postbox)
    assert [(mail["to"], "123456" in mail["body"]) for mail in postbox.mails] == [("new@example.org", True)]
    left = Notice.objects.get()
    assert (left.to, left.blanks) == ("", {})


@pytest.mark.django_db
def test_a_code_that_no_longer_works_is_not_sent(postbox: Postbox) -> None:
    write_code(resident().id, until=AT + timedelta(minutes=15))
    assert send(postbox, AT + timedelta(minutes=15)) == (0, 0)
    assert postbox.mails == []
    assert not Notice.objects.exists()


def write_code(person: UUID, *, until: datetime) -> None:
    actions.write_to(
        address="new@example.org", resident=person, cause=new_id(), template="contact_code", at=AT, until=until,
        blanks={"code": "123456"},
    )  # fmt: skip


def test_waits_grow() -> None:
    waits = [rules.next_try(n, AT) - AT for n in range(1, 6)]  # type: ignore[operator]
    assert waits == sorted(waits)
    assert rules.next_try(6, AT) is None


def test_no_text_that_leaves_the_house_names_a_service_or_a_unit() -> None:
    words = ["hammas", "terveysasema", "lastensuojelu", "mielenterveys", "tand", "hälso", "dental", "health", "social"]
    for template in message_templates().values():
        for text in (template.subject, template.body):
            for language in ("fi", "sv", "en"):
                said = text.in_language(language).casefold()
                assert [word for word in words if word in said] == []


@pytest.mark.django_db
def test_an_unreachable_mail_server_is_told_by_its_address(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2  # type: ignore[attr-defined]
    with pytest.raises(CannotSend, match=r"127\.0\.0\.1:9 .* LUOTSI_MAIL"):
        DjangoMailer().send(to="a@example.org", subject="x", body="y", key="k")
