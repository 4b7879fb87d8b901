"""An assignment as the pages show it: in words, with where it leads."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from luotsi.domain.organisation.queries import Given, Story
from luotsi.rooms.oversight import words


@dataclass(frozen=True)
class Line:
    """A role in a unit with its days and its state. `until` is None when it holds until further notice."""

    role: str
    unit: str
    valid_from: date
    until: date | None
    is_daily: bool
    state: str
    tone: str
    is_plain: bool
    is_waiting: bool
    can_answer: bool
    ends_soon: bool
    url: str


@dataclass(frozen=True)
class Step:
    """Something that somebody did with an assignment."""

    what: str
    who: str
    at: datetime | None
    why: str = ""


def line_of(given: Given) -> Line:
    return Line(
        role=words.role_name(given.role),
        unit=words.unit_name(given.unit),
        valid_from=given.valid_from,
        until=given.valid_to,
        is_daily=given.source == "directory",
        state=words.state_words(given.state),
        tone=words.STATE_TONES.get(given.state, "neutral"),
        is_plain=given.state == "in_force",
        is_waiting=given.state == "waiting",
        can_answer=given.why_not is None,
        ends_soon=given.ends_soon,
        url=reverse("assignment", kwargs={"assignment_id": given.id}),
    )


def steps_of(story: Story) -> list[Step]:
    """What happened to it, in order. What no person gave begins with where it came from."""
    source = words.SOURCES.get(story.given.source)
    steps = [Step(str(source), "", story.confirmed_at)] if source else []
    if story.proposed_at:
        steps.append(Step(words.did("proposed"), story.proposed_by, story.proposed_at, story.reason))
    if story.confirmed_at and not source:
        steps.append(Step(words.did("confirmed"), story.confirmed_by, story.confirmed_at))
    if story.ended_at:
        steps.append(Step(words.did(story.given.state), story.ended_by, story.ended_at, _why_ended(story)))
    return steps


def _why_ended(story: Story) -> str:
    """The directory's own ending is said in the reader's language; people's reasons as they wrote them."""
    return words.GONE if story.given.source == "directory" and not story.ended_by else story.end_reason
