"""Style sheets, scripts and fonts, each answered whole, and packed for whoever takes it so."""

import gzip
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware


class Statics(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise answers with an open file and with the length that the file had when the server started. Our files are
    small (the largest 60 kB), so they are read at once instead: an ASGI server cannot stream an ordinary file and would
    collect it anyway, and one that was replaced while the server ran would break off in the middle of the answer.
    """

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        body = b""
        if found.file is not None:
            with found.file as file:
                body = file.read()
        answer = HttpResponse(body, status=int(found.status))
        del answer["Content-Type"]
        for name, value in found.headers:
            answer[name] = value
        if found.file is not None:
            _pack(answer, request)
            answer["Content-Length"] = str(len(answer.content))
        return answer


def _pack(answer: HttpResponse, request: HttpRequest) -> None:
    """Texts only: fonts are packed already, and of a part of a file nobody else could make sense. Pages themselves are
    not packed, since the length of one that holds a secret beside somebody's words would tell of it (BREACH).
    """
    if answer.get("Content-Type", "").split(";")[0] not in _TEXTS:
        return
    answer["Vary"] = "Accept-Encoding"
    if answer.status_code == 200 and "gzip" in request.headers.get("Accept-Encoding", ""):
        answer.content = _packed(answer.content)
        answer["Content-Encoding"] = "gzip"


_TEXTS = {"text/css", "text/javascript", "application/javascript", "image/svg+xml"}


@lru_cache(maxsize=64)
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)
