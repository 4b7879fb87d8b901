"""A page is answered whole in one thread: it does not go back to the loop at each middleware."""

from typing import Any

import pytest
from asgiref.sync import AsyncToSync
from asgiref.testing import ApplicationCommunicator
from django.core.asgi import get_asgi_application

from luotsi.config.handling import Pages
from tests.factories.loops import finished

pytestmark = pytest.mark.django_db(transaction=True)
SCOPE = {
    "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": "/health/",
    "raw_path": b"/health/", "query_string": b"", "root_path": "", "server": ("127.0.0.1", 80),
    "client": ("127.0.0.1", 1), "headers": [(b"host", b"localhost")],
}  # fmt: skip


def answered(app: Any) -> int:
    async def exchange() -> Any:
        line = ApplicationCommunicator(app, SCOPE)
        await line.send_input({"type": "http.request", "body": b""})
        return await line.receive_output(30)

    return int(finished(exchange())["status"])


@pytest.fixture
def returns(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each time that a thread asks the loop to go on."""
    seen: list[object] = []
    asked = AsyncToSync.__call__

    def counted(self: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(self)
        return asked(self, *args, **kwargs)

    monkeypatch.setattr(AsyncToSync, "__call__", counted)
    return seen


def test_a_page_does_not_go_back_to_the_loop(returns: list[object]) -> None:
    assert answered(Pages()) == 200
    assert returns == []


def test_by_djangos_own_handler_it_does(returns: list[object]) -> None:
    assert answered(get_asgi_application()) == 200
    assert returns
