"""The reference pages say what the code and the shelf say now."""

from luotsi.cli import docs

from .tree import ROOT


def test_reference_pages_are_current() -> None:
    stale = [str(path.relative_to(ROOT)) for path, text in docs.pages().items() if path.read_text() != text]

    assert stale == [], "run `make docs`"


def test_a_page_that_grew_old_is_noticed(monkeypatch: object) -> None:
    monkeypatch.setattr(docs, "HEAD", "another head\n")  # type: ignore[attr-defined]

    assert all(path.read_text() != text for path, text in docs.pages().items())
