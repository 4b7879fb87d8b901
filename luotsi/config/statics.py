"""Style sheets, scripts and fonts, each answered whole."""

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
            answer["Content-Length"] = str(len(body))
        return answer
