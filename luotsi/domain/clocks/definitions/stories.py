"""What a story told from outside may say: kinds of events with their fields, and what each means to which clock."""

from typing import Any, Literal

from pydantic import model_validator

from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.clocks.definitions.use import When
from luotsi.domain.clocks.definitions.vocabulary import LINES, Line, Stop

# How a field is written: a moment, true or false, one of the words in brackets, or free words.
FieldKind = Literal[
    "moment", "yes_no", "line", "rule", "outcome", "who", "pause_reason", "conditions", "profession", "words",
]  # fmt: skip

OUTCOMES = ("care_needed", "urgent", "advice", "self_care", "no_care")
WHO = ("resident", "provider")


class StoryField(Entry):
    """A field of an event. `needed`: the event is refused without it. `usually`: what stands when it is not told."""

    kind: FieldKind
    needed: bool = False
    usually: str | None = None
    says: Text


class StoryEventKind(Entry):
    """A kind of event with the fields that it may have beside `kind`, `at`, `id`, `corrects` and `conditions`."""

    says: Text
    fields: dict[str, StoryField] = {}


class Meaning(Entry):
    """An event of this kind, in which these values stand, has the meaning under which it is listed."""

    kind: str
    when: When = {}


class LineStarts(Entry):
    """What starts the clocks of a line. `each`: every such event opens a clock of its own beside those that run."""

    kind: str
    when: When = {}
    each: bool = False


class ClockStories(Definition):
    """The vocabulary of `luotsi clock read`: kinds, what starts each line, what counts as what the law asks for."""

    kinds: dict[str, StoryEventKind]
    starts: dict[Line, LineStarts]
    stops: dict[Stop, tuple[Meaning, ...]]
    promises: tuple[str, ...]
    declines: tuple[str, ...]
    cancels: tuple[str, ...]
    ends: tuple[str, ...]

    @model_validator(mode="after")
    def _names_known_kinds(self) -> "ClockStories":
        for kind, where in self._named():
            if kind not in self.kinds:
                raise ValueError(f"{where} names {kind}, which is not among kinds; add it there or mend the name")
        if missing := set(LINES) - set(self.starts):
            raise ValueError(f"starts says nothing of {', '.join(sorted(missing))}; add a line for each")
        return self

    def _named(self) -> list[tuple[str, str]]:
        named = [(one.kind, f"starts.{line}") for line, one in self.starts.items()]
        named += [(one.kind, f"stops.{stop}") for stop, meanings in self.stops.items() for one in meanings]
        for name in ("promises", "declines", "cancels", "ends"):
            named += [(kind, name) for kind in getattr(self, name)]
        return named


def holds(when: When, body: Any) -> bool:
    """Whether the values that a meaning asks for stand in an event."""
    return all(body.get(name) in wanted if isinstance(wanted, tuple) else body.get(name) == wanted
               for name, wanted in when.items())  # fmt: skip
