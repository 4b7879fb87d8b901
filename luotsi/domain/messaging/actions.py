"""Writing notices and sending them. No network call happens inside the transaction that caused the notice."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from luotsi.base.text import Language
from luotsi.domain.messaging import rules
from luotsi.domain.messaging.definitions import message_templates
from luotsi.domain.messaging.models import Notice
from luotsi.domain.messaging.ports import CannotSend, Mailer
from luotsi.domain.people import queries as people

_OF_WORKERS: Language = "fi"  # the language of notices to workers: nobody has asked them for another
BY_MAIL = "notices-by-mail"  # the consent purpose that a resident may say no to


def notify(
    *, resident: UUID, cause: UUID, at: datetime, template: str = "new_message", until: datetime | None = None,
    blanks: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Put a notice on its way, once for each causing event. After `until` it is not sent."""
    told = {"resident_id": resident, "template": template, "blanks": dict(blanks or {}), "until": until}
    Notice.objects.get_or_create(cause=cause, defaults={**told, "created_at": at, "next_try_at": at})


def notify_worker(*, staff: UUID, cause: UUID, at: datetime, template: str) -> bool:
    """Put a notice to a worker on its way, once for each cause. Answers whether it is a new one."""
    told = {"staff_id": staff, "template": template, "created_at": at, "next_try_at": at}
    return Notice.objects.get_or_create(cause=cause, defaults=told)[1]


def write_to(
    *, address: str, resident: UUID, cause: UUID, template: str, at: datetime, until: datetime | None = None,
    blanks: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Put a notice on its way to an address that is not the resident's own now, once for each cause.

    Whether notices by mail are wanted is not asked: this is about the address itself. After `until` it is not sent.
    """
    told = {"resident_id": resident, "template": template, "to": address, "blanks": dict(blanks or {})}
    Notice.objects.get_or_create(cause=cause, defaults={**told, "created_at": at, "next_try_at": at, "until": until})


def send_due(*, mailer: Mailer, link: str, at: datetime, limit: int = 100) -> tuple[int, int]:
    """Send what is due. Answers how many left and how many could not. Safe with several workers at once."""
    Notice.objects.filter(sent_at=None, until__lte=at).delete()
    sent = failed = 0
    for _ in range(limit):
        outcome = _send_next(mailer=mailer, link=link, at=at)
        if outcome is None:
            break
        sent, failed = sent + outcome, failed + (not outcome)
    return sent, failed


def erase_notices(*, before: datetime, held: Collection[UUID], limit: int | None = None) -> int:
    """Delete notices written before that moment, `limit` at most, of nobody in `held`. Answers how many."""
    old = Notice.objects.filter(created_at__lt=before).exclude(resident_id__in=held)
    return int(Notice.objects.filter(pk__in=old.values("pk")[:limit]).delete()[0])


def erase_of(residents: Collection[UUID]) -> int:
    """Delete the notices of people who are being erased. Answers how many."""
    return int(Notice.objects.filter(resident_id__in=residents).delete()[0])


def _send_next(*, mailer: Mailer, link: str, at: datetime) -> bool | None:
    notice = _claim(at)
    if notice is None:
        return None
    template = message_templates()[notice.template]
    language = notice.resident.language if notice.resident else _OF_WORKERS
    try:
        if address := _address(notice):
            mailer.send(
                to=address,
                subject=template.subject.in_language(language),
                body=template.body.in_language(language).format(link=link, **notice.blanks),
                key=str(notice.cause),
            )
    except CannotSend as error:
        Notice.objects.filter(id=notice.id).update(
            next_try_at=rules.next_try(notice.attempts, at), last_error=str(error)[:300]
        )
        return False
    Notice.objects.filter(id=notice.id).update(sent_at=at, next_try_at=None, last_error="", to="", blanks={})
    return True


def _address(notice: Notice) -> str:
    """Where it goes; "" when the resident has no address, or has refused notices by mail."""
    if notice.to:
        return notice.to
    if notice.resident is None:
        return notice.staff.mail if notice.staff else ""
    return "" if people.has_refused(notice.resident_id, BY_MAIL) else notice.resident.mail


@transaction.atomic
def _claim(at: datetime) -> Notice | None:
    """Take the next due notice for ourselves for ten minutes; a worker that dies leaves it to be tried again."""
    due = Notice.objects.filter(sent_at=None, next_try_at__lte=at).order_by("next_try_at", "id")
    notice = due.select_for_update(skip_locked=True, of=("self",)).select_related("resident", "staff").first()
    if notice is not None:
        notice.attempts += 1
        notice.next_try_at = at + timedelta(minutes=10)
        notice.save(update_fields=["attempts", "next_try_at"])
    return notice
