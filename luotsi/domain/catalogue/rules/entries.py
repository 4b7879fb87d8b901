"""Where a service stands that its organisation keeps itself, who may take which step, and what it still lacks. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, Literal, Protocol

from luotsi.base.text import LANGUAGES, Text

EntryState = Literal["draft", "sent", "returned", "checked", "published", "withdrawn"]
EntryStep = Literal["write", "send", "check", "return", "publish", "withdraw"]
TRAY = "tray"  # what these services are called as a source of the catalogue
TEXTS = ("name", "summary", "description", "coming", "cost")
NOTHING = Text(fi="")
NEEDED = ("name", "summary", "description", "coming")  # in Finnish at least, before anybody checks it


class NotPossible(Exception):
    """The entry does not stand so that this step can be taken, or it lacks something: the keys of what."""

    def __init__(self, why: str, lacks: tuple[str, ...] = ()) -> None:
        self.lacks = lacks
        super().__init__(why)


@dataclass(frozen=True)
class Content:
    """What an organisation tells. `coming`: how and when one comes. No municipalities: the whole county."""

    kind: str
    name: Text
    summary: Text = NOTHING
    description: Text = NOTHING
    coming: Text = NOTHING
    cost: Text = NOTHING
    municipalities: tuple[str, ...] = ()
    phone: str = ""
    url: str = ""
    street: str = ""
    postcode: str = ""
    post_office: str = ""
    municipality: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Content":
        """As it was stored; what a later version of this house does not know is left out."""
        known = {one.name: stored[one.name] for one in fields(cls) if one.name in stored}
        known |= {name: Text(**known[name]) for name in TEXTS if name in known}
        return cls(**known | {"municipalities": tuple(known.get("municipalities", ()))})

    def to_store(self) -> dict[str, Any]:
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        return (
            plain | {name: plain[name].model_dump() for name in TEXTS} | {"municipalities": list(self.municipalities)}
        )

    def in_languages(self) -> dict[str, tuple[str, ...]]:
        """Of each text that is written in Finnish, the other languages in which it is not."""
        found: dict[str, tuple[str, ...]] = {}
        for name in TEXTS:
            text: Text = getattr(self, name)
            lacking: tuple[str, ...] = tuple(one for one in LANGUAGES if text.fi and not getattr(text, one))
            if lacking:
                found[name] = lacking
        return found


class Moments(Protocol):
    """What the state of an entry follows from."""

    shown: Any
    written_at: datetime
    sent_at: datetime | None
    checked_at: datetime | None
    returned_at: datetime | None
    published_at: datetime | None
    withdrawn_at: datetime | None


def state(of: Moments) -> EntryState:
    """The last that happened to what is written now; writing it anew makes it a draft again."""
    since = of.written_at
    last: EntryState = "draft"
    for name, moment in (
        ("sent", of.sent_at), ("returned", of.returned_at), ("checked", of.checked_at),
        ("published", of.published_at), ("withdrawn", of.withdrawn_at),
    ):  # fmt: skip
        if moment is not None and moment >= since:
            last, since = name, moment  # type: ignore[assignment]
    return last


_STEPS: dict[EntryState, tuple[EntryStep, ...]] = {
    "draft": ("write", "send"),
    "sent": ("write", "check", "return"),
    "returned": ("write", "send"),
    "checked": ("write", "publish"),
    "published": ("write", "withdraw"),
    "withdrawn": ("write", "send"),
}
KEEPERS: tuple[EntryStep, ...] = ("write", "send", "publish", "withdraw")
CHECKERS: tuple[EntryStep, ...] = ("check", "return", "withdraw")


def steps(of: Moments) -> tuple[EntryStep, ...]:
    """What can be done with it now. What residents read can be taken down while something else is being written."""
    own = _STEPS[state(of)]
    return own if of.shown is None or "withdraw" in own else (*own, "withdraw")


def check_can(step: EntryStep, of: Moments) -> None:
    """Raises NotPossible."""
    if step not in steps(of):
        raise NotPossible(f"an entry that is {state(of)} cannot be taken to {step}")


def lacks(content: Content, review_on: date | None, *, on: date) -> tuple[str, ...]:
    """What has to be written before it is checked: texts in Finnish, a way in, and a day ahead to look at it again."""
    found = [name for name in NEEDED if not getattr(content, name).fi.strip()]
    if not (content.phone or content.url or content.street):
        found.append("way")
    if review_on is None or review_on <= on:
        found.append("review_on")
    return tuple(found)


def changed(draft: Content, shown: Content | None) -> tuple[str, ...]:
    """What of it differs from what residents read; nothing where they read nothing."""
    if shown is None:
        return ()
    before = asdict(shown)
    return tuple(name for name, value in asdict(draft).items() if before[name] != value)
