"""Static files under the ASGI server: whole, with their true length, and without a stream that it cannot serve."""

import warnings
from pathlib import Path
from typing import Any

import pytest
from django.test import AsyncClient, RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from luotsi.config.statics import Statics
from tests.factories.loops import finished

ADDRESS = "/static/probe.css"


def answered(middleware: type, path: Path, **headers: str) -> Any:
    """What is answered for a file that was replaced by a longer one after the server had started."""
    path.write_bytes(b"p{}")
    serving = middleware(lambda _request: None)
    serving.add_file_to_dictionary(ADDRESS, str(path))
    path.write_bytes(b"p{color:red}")
    return serving(RequestFactory().get(ADDRESS, headers=headers))


def test_a_file_replaced_while_the_server_runs_is_answered_whole(tmp_path: Path) -> None:
    answer = answered(Statics, tmp_path / "probe.css")
    assert answer.content == b"p{color:red}"
    assert answer["Content-Length"] == "12"
    assert answer["Content-Type"].startswith("text/css")


def test_without_this_the_length_is_another_one_than_the_file_s(tmp_path: Path) -> None:
    """Negative control: the server breaks such an answer off, "Response content longer than Content-Length"."""
    answer = answered(WhiteNoiseMiddleware, tmp_path / "probe.css")
    body = b"".join(answer)
    assert (len(body), answer["Content-Length"]) == (12, "3")


def test_a_part_of_a_file_is_a_part_with_its_own_length(tmp_path: Path) -> None:
    path = tmp_path / "probe.css"
    path.write_bytes(b"p{color:red}")
    serving = Statics(lambda _request: None)
    serving.add_file_to_dictionary(ADDRESS, str(path))
    part = serving(RequestFactory().get(ADDRESS, headers={"Range": "bytes=2-6"}))
    assert (part.status_code, part.content, part["Content-Length"]) == (206, b"color", "5")
    head = serving(RequestFactory().head(ADDRESS))
    assert (head.content, head["Content-Length"]) == (b"", "12")
    known = serving(RequestFactory().get(ADDRESS, headers={"If-None-Match": head["ETag"]}))
    assert (known.status_code, known.content) == (304, b"")


@pytest.mark.parametrize("name", ["ui/luotsi.css", "ui/desk.js"])
def test_no_static_file_is_streamed(name: str) -> None:
    async def fetched() -> Any:
        return await AsyncClient().get(f"/static/{name}")

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = finished(fetched())
    assert answer.status_code == 200
    assert not answer.streaming
    assert int(answer["Content-Length"]) == len(answer.content) > 500
    assert "Content-Security-Policy" in answer
