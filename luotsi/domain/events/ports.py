"""The anchor: a file outside the database to which each seal is added, so that a tail cut off the log is noticed.

One line a seal, in settings.SEALS. Production keeps it where the database's administrator cannot write.
"""

import fcntl
import json
import os
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path

from django.conf import settings

from luotsi.domain.events.rules import Sealed

_NAME = "usage.jsonl"
_LONGEST_LINE = 400


class AnchorBroken(Exception):
    """The anchor and the database tell different stories; sealing stops until somebody has looked."""


def anchored() -> dict[int, str]:
    """Every seal that the anchor knows: its keyed sum by its number. Raises AnchorBroken.

    A line torn by a crash is passed over when the whole one follows, or nothing does.
    """
    path, torn = _path(), ""
    found: dict[int, str] = {}
    if not path.exists():
        return found
    with path.open(encoding="utf-8", errors="replace") as file:
        for here, line in enumerate(file, 1):
            told = _read(line)
            if (torn and not line.startswith(torn)) or (told is None and not line.strip()):
                raise AnchorBroken(f"{path.name}:{here}: somebody has edited the anchor")
            torn = "" if told else line.rstrip("\n")
            if told:
                found[told[0]] = told[1]
    if torn and line.endswith("\n"):
        raise AnchorBroken(f"{path.name}: somebody has edited the anchor's last line")
    return found


def newest() -> tuple[int, str] | None:
    """The number and keyed sum of the last seal that the anchor knows, read from its end; None when it knows none."""
    path = _path()
    if not path.exists():
        return None
    whole = [told for line in _tail(path).decode("utf-8", "replace").splitlines() if (told := _read(line))]
    if not whole and path.stat().st_size > _LONGEST_LINE:
        raise AnchorBroken(f"{path.name}: somebody has edited the anchor's end")
    return whole[-1] if whole else None


def anchor(seals: Iterable[Sealed]) -> None:
    """Add the seals that the anchor does not know yet, and have them on the disk before returning."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        last = newest()
        tail = _tail(path)
        lines = [_line(seal) for seal in seals if last is None or seal.number > last[0]]
        file.write(("\n" if tail and not tail.endswith(b"\n") and lines else "") + "".join(lines))
        file.flush()
        os.fsync(file.fileno())


def lay_aside(word: str) -> None:
    """Keep the old anchor under another name, so that a new one may begin."""
    path = _path()
    if path.exists():
        path.rename(path.with_name(f"usage-until-{word}.jsonl"))


def _line(seal: Sealed) -> str:
    at = seal.at.astimezone(UTC).isoformat()
    told = {"number": seal.number, "at": at, "rows": seal.rows, "upper": seal.upper, "mac": seal.mac}
    return json.dumps(told) + "\n"


def _read(line: str) -> tuple[int, str] | None:
    try:
        told = json.loads(line)
        return int(told["number"]), str(told["mac"])
    except (ValueError, KeyError, TypeError):
        return None


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4 * _LONGEST_LINE))
        return file.read()


def _path() -> Path:
    return Path(settings.SEALS) / _NAME
