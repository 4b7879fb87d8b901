"""The facts that indicators are computed from, as one row looks. Worked examples in definitions are written in these.

The columnar tables have exactly these columns, in this order: they are made from them. Text is "" when unknown, a day
is a Finnish calendar day and None when it did not happen. No name, no free text: `resident_key` and `staff_key` are
keyed hashes.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from luotsi.base.shelf import Entry
from luotsi.domain.indicators.definitions.facts.cases import AssessmentFact, CaseFact, ClockFact, ContactFact
from luotsi.domain.indicators.definitions.facts.gatherings import GroupFact, HeadFact, NumberFact, WaitFact
from luotsi.domain.indicators.definitions.facts.times import AnswerFact, BookingFact, ReferralFact, VisitFact

# What the tables are called where an indicator says of what it is, and in its worked example.
Of = Literal[
    "cases", "contacts", "assessments", "clocks", "bookings", "visits", "referrals", "answers", "waits", "groups",
    "heads", "numbers",
]  # fmt: skip


@dataclass(frozen=True)
class FactTable:
    """`name` is the table's on disk. `key` is the subject whose story a row tells, `day` what its months go by."""

    of: Of
    name: str
    model: type[Entry]
    day: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.model.model_fields)

    @property
    def key(self) -> str:
        return self.columns[0]


FACT_TABLES: dict[str, FactTable] = {
    table.of: table
    for table in (
        FactTable("cases", "case_facts", CaseFact, "opened_day"),
        FactTable("contacts", "contact_facts", ContactFact, "received_day"),
        FactTable("assessments", "assessment_facts", AssessmentFact, "assessed_day"),
        FactTable("clocks", "clock_facts", ClockFact, "started_day"),
        FactTable("bookings", "booking_facts", BookingFact, "starts_day"),
        FactTable("visits", "visit_facts", VisitFact, "held_day"),
        FactTable("referrals", "referral_facts", ReferralFact, "sent_day"),
        FactTable("answers", "questionnaire_facts", AnswerFact, "completed_day"),
        FactTable("waits", "wait_facts", WaitFact, "joined_day"),
        FactTable("groups", "group_facts", GroupFact, "planned_day"),
        FactTable("heads", "head_facts", HeadFact, "counted_day"),
        FactTable("numbers", "number_facts", NumberFact, "taken_day"),
    )
}
assert tuple(FACT_TABLES) == get_args(Of)

__all__ = [
    "FACT_TABLES", "AnswerFact", "AssessmentFact", "BookingFact", "CaseFact", "ClockFact", "ContactFact", "FactTable",
    "GroupFact", "HeadFact", "NumberFact", "Of", "ReferralFact", "VisitFact", "WaitFact",
]  # fmt: skip
