"""A file that somebody gave, as an answer of ours: to be saved, never to be shown as a page of this address."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from luotsi.domain.questionnaires.queries.attachments import Opened

# Whatever a browser might still make of it, it runs nothing, loads nothing and is nobody's origin.
_ALONE = "default-src 'none'; frame-ancestors 'none'; sandbox"


def as_answer(file: Opened) -> HttpResponse:
    """With the media type that its own bytes showed, and no other."""
    answer = HttpResponse(file.content, content_type=file.kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    answer["Content-Security-Policy"] = _ALONE
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
