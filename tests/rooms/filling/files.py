"""A dentist's form under way, at its page of the picture."""

import re
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Response
from tests.factories.files import jpeg
from tests.rooms.resident.test_questionnaires import revision_of

SAID = {"age": "adult", "about": "broken", "pain": 2, "phone": "040 123 4567"}


def file(name: str = "hammas.jpg", content: bytes = b"", says: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or jpeg(), says)


def at_picture(me: Who, client: Client) -> tuple[Response, str, str]:
    """Answers under way, and the page and field of the picture."""
    row = questionnaires.start(
        questionnaire="need_oral", resident=me.whose, key=uuid4(), language="fi", by=me, at=now()
    )
    questionnaires.keep(response=row.id, given=SAID, at_step="phone", revision=0, by=me, at=now())
    address = f"/fi/responses/{row.id}/7/"
    field = re.search(r'<input type="file" name="(q\d+)"', client.get(address).content.decode())
    assert field
    return row, address, field[1]


def post(client: Client, address: str, field: str, *files: SimpleUploadedFile, go: str = "next", **more: Any) -> Any:
    page = client.get(address)
    named = re.findall(rf'<input type="hidden" name="{field}" value="([^"]+)"', page.content.decode())
    return client.post(address, {"revision": revision_of(page), field: [*named, *files], "go": go, **more})


def named(row: Response) -> list[str]:
    row.refresh_from_db()
    return [one["name"] for one in row.answers.get("picture", [])]
