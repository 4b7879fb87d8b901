"""Stories as `luotsi clock read` is told them."""

import json

from luotsi.cli import main

CONTACT = {"kind": "contact.received", "at": "2026-03-02T09:10"}
NEEDED = {"kind": "need.assessed", "at": "2026-03-02T10:00", "outcome": "care_needed"}
YOUNG = "2010-05-05"  # the limit is 16.3.2026


def offered(when: str, starts_at: str, **more: str) -> dict:
    return {"kind": "booking.offered", "at": when, "starts_at": starts_at, **more}


def visit(when: str, **more: object) -> dict:
    return {"kind": "visit.held", "at": when, **more}


def ask(capsys, tmp_path, document, *words):
    path = tmp_path / "events.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    code = main(["clock", "read", str(path), *words])
    said = capsys.readouterr()
    return code, said.out, said.err
