"""The stages of a kind of case: what is judged at each, which event tells it, and what each decision does."""

from typing import Literal

from pydantic import Field

from luotsi.base.shelf import Entry
from luotsi.base.text import Text
from luotsi.domain.clocks.definitions import Condition, Line

# What a decision does to the matter.
#   care_needed  a time is given here; it starts the care clock
#   arranged     the need is stated and met elsewhere or otherwise: a referral, a purchase, a group, a plan
#   urgent       met now
#   continues    the next stage follows; `alarm` the same, and whoever reads the matter is told of the emergency
#   advice, answer, ends   it is settled and the matter closes
Effect = Literal["care_needed", "arranged", "urgent", "continues", "alarm", "advice", "answer", "ends"]
LeadsTo = Literal["time", "referral", "purchase", "group", "plan"]

# The events by which clocks and figures know a stage.
StageEvent = Literal[
    "need.assessed", "urgency.judged", "assessment.started", "assessment.completed", "decision.made",
    "decision.carried_out",
]  # fmt: skip

# The parts of the assessment sheet beside the decision.
Part = Literal["findings", "reason", "urgency", "note", "told", "when"]

_CLOSES: dict[Effect, str] = {"advice": "advice", "answer": "answered"}
_COUNTS_AS: dict[Effect, Effect] = {"arranged": "care_needed", "alarm": "urgent"}


class Outcome(Entry):
    """A decision. `tells_resident`: the note written with it is the answer, and the resident reads it in their matter.

    `leads_to` is how the need is met. `closes` is the reason by which the matter closes with it; by default that of its
    effect. `says` is what the resident reads when the worker wrote nothing of their own.
    """

    key: str
    name: Text
    effect: Effect
    leads_to: LeadsTo = "time"
    closes: str = ""
    tells_resident: bool = False
    says: Text = Text(fi="")

    @property
    def close_reason(self) -> str:
        """The reason by which the matter closes with this decision, "" when it stays open."""
        return self.closes or _CLOSES.get(self.effect, "")

    @property
    def counts_as(self) -> Effect:
        """The effect as clocks and figures know it: a need met by a referral is a need for care like any other."""
        return _COUNTS_AS.get(self.effect, self.effect)


class Stage(Entry):
    """One judgement on the way. `name` is what it is called, `step` what the worker does, `resident` the same to the
    resident.

    `each_contact`: made anew for each further contact that joins (the urgency of a parallel notification). `conditions`
    are facts of the matter that are asked here because they change its limits.
    """

    key: str = "need"
    event: StageEvent = "need.assessed"
    name: Text = Text(fi="Arvio", sv="Bedömning", en="Judgement")
    step: Text = Text(fi="")
    resident: Text = Text(fi="")
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    sheet: tuple[Part, ...] = ("findings", "reason", "urgency", "note", "told")
    each_contact: bool = False
    conditions: tuple[Condition, ...] = ()


class CloseReason(Entry):
    """Why a matter is closed. `needs`: one of these must have happened before: the key of a stage, or a visit."""

    key: str
    name: Text
    needs: tuple[str, ...] = ()


class Party(Entry):
    """Somebody who must be told of the matter: within the limit of the clock on `line`, these things."""

    key: str
    name: Text
    line: Line
    says: Text


class OwnReason(Entry):
    """Why people come with this kind of matter, where ICPC-2 has no word for it."""

    key: str
    name: Text
