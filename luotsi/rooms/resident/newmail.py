"""A new mail address: a code is sent there, and when it was read there the address is the resident's."""

from datetime import timedelta

from django.http import HttpRequest

from luotsi.base.ids import new_id
from luotsi.base.now import now
from luotsi.domain.messaging import actions as messaging
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries
from luotsi.domain.people.rules import CODE_LASTS
from luotsi.rooms import allowance

# A stranger's mailbox is not filled through us.
CODES_IN_AN_HOUR = 5
_TOLD_WITHIN = timedelta(days=2)


def send_code(request: HttpRequest, address: str) -> bool:
    """Send a code to that address. False when too many were sent within the hour."""
    viewer, at = request.viewer, now()
    if not allowance.take("mail_code", str(viewer.id), limit=CODES_IN_AN_HOUR, seconds=3_600):
        return False
    check, code = people.send_code(resident=viewer.whose, kind="mail", value=address, by=viewer, at=at)
    messaging.write_to(
        address=address, resident=viewer.whose, cause=check.id, template="contact_code", at=at, until=at + CODE_LASTS,
        blanks={"code": code},
    )  # fmt: skip
    return True


def confirm(request: HttpRequest, code: str) -> None:
    """The address is theirs from now on, and the old one is told that something changed. Raises WrongCode."""
    viewer, at = request.viewer, now()
    before = queries.read_person(viewer.whose, viewer=viewer).mail
    people.confirm_contact(resident=viewer.whose, code=code, by=viewer, at=at)
    after = queries.read_person(viewer.whose, viewer=viewer).mail
    if before and before.casefold() != after.casefold():
        messaging.write_to(
            address=before, resident=viewer.whose, cause=new_id(), template="contact_changed", at=at,
            until=at + _TOLD_WITHIN,
        )  # fmt: skip
