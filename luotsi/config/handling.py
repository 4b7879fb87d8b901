"""How a request is answered: a page from its first middleware to its last in one thread, a stream in the loop.

Django's own handler for ASGI changes between loop and thread at each middleware that is written for one of the two,
and again at the view: for a page that only reads and writes the database that is a quarter of its work.
"""

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse


class Pages(ASGIHandler):
    """Django as an ASGI application. What streams (`live`) goes Django's own way."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = BaseHandler()
        self._whole.load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == reverse("live"):
            return await super().get_response_async(request)
        return await sync_to_async(self._whole.get_response, thread_sensitive=True)(request)
