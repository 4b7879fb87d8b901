"""Routes on the shelf: from whom to whom a matter may be sent, on what ground, and until when it is answered."""

from typing import Literal, Self

from pydantic import PositiveInt, model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.clocks.definitions import ClockUse, Line
from luotsi.domain.organisation.definitions import Register

Shows = Literal["name", "birth_date", "phone", "language", "municipality"]


class Choice(Entry):
    """One of the things that can be chosen: a reason, an urgency, what came of it. `says`: to the resident."""

    key: str
    name: Text
    says: Text | None = None


class ReferralRoute(Definition):
    """From which professions to which units, with what question, and what the receiver gets to see.

    `register` is the one in which the receiver writes. Where it is not the sender's, or the receiver is outside the
    county, the resident has to have said yes to `consent`, a purpose of content/consents. `opens_kind` is the kind of
    the receiver's own case, opened when they accept; "" opens none. `recipient` names a receiver outside the county. Of
    the person `shows` is all that is shown. `says` is what the resident reads. A consultation asks a colleague who
    answers; the patient and the responsibility stay with the sender. `outcomes`: what the receiver says came of it.
    """

    type: Literal["referral", "consultation"] = "referral"
    from_professions: tuple[str, ...]
    from_registers: tuple[Register, ...]
    to_units: tuple[str, ...]
    to_profession: str
    register: Register
    consent: str = ""
    opens_kind: str = ""
    opens_service: str = ""
    recipient: Text | None = None
    shows: tuple[Shows, ...] = ("name", "birth_date", "phone", "language", "municipality")
    explains: Text
    asks: Text
    template: Text = Text(fi="")
    says: Text
    urgencies: tuple[Choice, ...] = ()
    return_reasons: tuple[Choice, ...]
    hold_reasons: tuple[Choice, ...] = ()
    outcomes: tuple[Choice, ...] = ()
    line: Line = "referral_answer"
    most_minutes: PositiveInt = 120

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        crosses = self.recipient or any(register != self.register for register in self.from_registers)
        if crosses and not self.consent:
            raise ValueError("the receiver reads what is not of their register; name the `consent` that it takes")
        if self.recipient and self.opens_kind:
            raise ValueError("a receiver outside the county has no case here; remove opens_kind")
        if bool(self.opens_kind) != bool(self.opens_service):
            raise ValueError("opens_kind and opens_service stand both or neither")
        if self.type == "consultation" and self.opens_kind:
            raise ValueError("a consultation leaves the matter with the sender; remove opens_kind")
        return self

    @property
    def is_disclosure(self) -> bool:
        """Whether data leave the register in which they were written."""
        return bool(self.consent)

    @property
    def is_consultation(self) -> bool:
        return self.type == "consultation"

    @property
    def clocks(self) -> tuple[ClockUse, ...]:
        """The duty to answer: accepting, answering, returning and being done answer it; holding does not."""
        return (
            ClockUse(
                line=self.line,
                starts="referral.sent",
                stops=("referral.moved",),
                stops_when={"step": ANSWERS},
                ends=("referral.withdrawn",),
            ),
        )

    def return_reason(self, key: str) -> Choice:
        """Raises KeyError when the route does not know the reason."""
        return {one.key: one for one in self.return_reasons}[key]

    def hold_reason(self, key: str) -> Choice:
        """Raises KeyError when the route does not know the reason."""
        return {one.key: one for one in self.hold_reasons}[key]

    def outcome(self, key: str) -> Choice:
        """Raises KeyError when the route does not know it."""
        return {one.key: one for one in self.outcomes}[key]

    def recipient_name(self, unit: Text) -> str:
        """Who is written in the disclosure log: where several organisations receive, the one."""
        return (self.recipient if self.recipient and len(self.to_units) == 1 else unit).fi


class DirectionResult(Definition):
    """What came of a direction. `order` is its place in the list; `says` it to the resident, `own` in their words."""

    order: PositiveInt
    says: Text
    own: Text


ANSWERS = ("accepted", "returned", "answered", "done")


def direction_results() -> dict[str, DirectionResult]:
    """By key, in their order."""
    found = shelf.load("direction_results", DirectionResult)
    return dict(sorted(found.items(), key=lambda pair: pair[1].order))


def consents_between(register: str, unit: str) -> set[str]:
    """The purposes to which a resident says yes or no before matters of this register are sent to that unit."""
    ways = [route for route in referral_routes().values() if unit in route.to_units]
    return {route.consent for route in ways if route.consent and register in route.from_registers}


def referral_routes() -> dict[str, ReferralRoute]:
    return shelf.load("referral_routes", ReferralRoute)
