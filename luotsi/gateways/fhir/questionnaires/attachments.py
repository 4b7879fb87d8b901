"""A file among answers ⇄ Attachment of HL7 FHIR R4.

Whole it stands in `data`, in base64 with its SHA-1 in `hash`, as the standard asks; else `url` names it by our id. A
file that is somewhere else is not fetched. What comes in is judged like one that somebody gives on a page.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from typing import Any

from luotsi.base.ids import new_id
from luotsi.domain.questionnaires.rules import files
from luotsi.domain.questionnaires.rules.files import Sound, Unfit

_OURS = re.compile(r"urn:uuid:([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})")
_LONGEST = files.MOST_BYTES * 4 // 3 + 8
_WHY = {
    "empty": "it is empty",
    "too_large": f"it has more than {files.MOST_BYTES // 1_000_000} MB",
    "wrong_kind": f"it is none of {', '.join(files.ENDINGS.values())}",
    "damaged": "it is damaged",
    "active": "it carries a program or another file",
}


class NotTaken(ValueError):
    """The attachment is not kept. Says why in one sentence."""


def read(written: Mapping[str, Any]) -> tuple[dict[str, Any], Sound | None]:
    """What stands for it among the answers, and the file when it came with it. Raises NotTaken."""
    data, url = written.get("data"), written.get("url")
    if isinstance(data, str):
        sound = _sound(data, str(written.get("title") or ""), written.get("hash"))
        return files.kept(new_id(), name=sound.name, kind=sound.kind, size=len(sound.content)), sound
    ours = _OURS.fullmatch(url) if isinstance(url, str) else None
    if ours is None:
        raise NotTaken("the file is not in the response, and a file that is elsewhere is not fetched")
    kind, size = str(written.get("contentType") or ""), written.get("size")
    size = int(size) if isinstance(size, str) and size.isascii() and size.isdigit() and len(size) < 9 else size
    name = files.cleaned(str(written.get("title") or ""), kind) if kind in files.ENDINGS else ""
    return {"file": ours[1], "name": name, "kind": kind, "size": size}, None


def whole(written: dict[str, Any], content: bytes) -> dict[str, Any]:
    """An attachment with its file in it."""
    about = {name: value for name, value in written.items() if name != "url"}
    sha1 = hashlib.sha1(content, usedforsecurity=False).digest()
    return about | {"hash": base64.b64encode(sha1).decode(), "data": base64.b64encode(content).decode()}


def _sound(data: str, title: str, sha1: Any) -> Sound:
    if len(data) > _LONGEST:
        raise NotTaken(_WHY["too_large"])
    try:
        content = base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError):
        raise NotTaken("its data are not base64") from None
    if sha1 is not None and sha1 != base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode():
        raise NotTaken("its data do not have its hash")
    try:
        return files.judged(title, content)
    except Unfit as why:
        raise NotTaken(_WHY.get(why.kind, why.kind)) from None
