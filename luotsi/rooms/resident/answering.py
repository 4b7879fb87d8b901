"""The address by which somebody answers without signing in, in their own language, as a mail carries it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from luotsi.domain.bookings.queries.linked import link_to
from luotsi.domain.bookings.rules.links import What


def address(what: What, subject: UUID, *, until: datetime, language: str) -> str:
    """The whole address, of the page in that language."""
    with translation.override(language):
        return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('reply', args=[link_to(what, subject, until=until)])}"
