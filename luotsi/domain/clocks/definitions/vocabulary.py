"""The closed vocabulary of clocks: what a rule's file may say, and nothing else."""

from collections.abc import Mapping
from typing import Literal, get_args

from pydantic import PositiveInt, model_validator

from luotsi.base.shelf import Entry

# The lines of care and service on which a limit can run.
Line = Literal[
    "contact", "contact_assessment", "primary_care", "primary_care_doctor", "other_primary_care", "oral_care",
    "specialised_assessment", "specialised_examination", "specialised_care", "youth_mental_examination",
    "youth_mental_care", "therapy", "therapy_social", "social_urgent", "social_assessment_start",
    "social_assessment_done", "social_decision", "child_welfare_urgent", "child_welfare_start", "child_welfare_done",
    "income_support", "income_support_talk", "older_people_decision", "disability_services", "data_request",
    "log_request", "referral_answer", "consultation_answer", "student_welfare", "complaint",
    "home_care_on_call",
]  # fmt: skip

# The event on whose day a limit begins to run.
Trigger = Literal[
    "contact_received", "need_assessed", "doctor_need_found", "referral_arrived", "care_need_confirmed",
    "therapy_need_stated", "support_need_stated", "need_information_received", "assessment_requested",
    "matter_became_pending", "notification_received", "application_arrived", "talk_requested",
    "favourable_decision_made", "data_request_received", "complaint_arrived",
]  # fmt: skip

# What must have happened by the last day.
Stop = Literal[
    "contact_made", "need_assessed", "contact_made_and_need_assessed", "care_given", "doctor_seen",
    "assessment_started", "assessment_completed", "examination_done", "treatment_started", "support_started",
    "urgency_judged", "decision_made", "decision_carried_out", "talk_held", "service_given",
    "request_answered", "referral_answered",
]  # fmt: skip

# What may be true of one matter and change which rule or which length applies.
Condition = Literal[
    "special_support_child", "care_allowance_highest", "excess_justified", "urgent", "special_reason",
    "care_plan_visit", "other_specialist_visit", "certificate_only", "health_promotion",
]  # fmt: skip

PauseReason = Literal["medical_reason"]
Mark = Literal["sourced", "partly", "from_knowledge"]
State = Literal["running", "due_soon", "at_risk", "overdue", "met", "late", "ended"]

# The steps of an explanation; content/clock_words has a sentence for each.
BecauseKind = Literal[
    "rule", "chosen", "chosen_strictest", "age", "age_unknown", "age_outside", "leap_birthday", "not_in_force",
    "never_in_force", "condition_missing", "condition_against", "start", "received_later", "as_received", "counted",
    "same_day", "immediately", "special_length", "no_limit_known", "weekends", "skipped", "eve_skipped", "eve_counted",
    "days_off_run", "last_of_month", "rolled", "not_rolled", "kept_age", "kept_version", "not_verified", "promised",
    "promised_late", "resident_declined", "declined_late_offer", "provider_cancelled", "paused", "paused_now",
    "stopped_in_time", "stopped_late", "overdue", "ended", "joined",
]  # fmt: skip

LINES: tuple[Line, ...] = get_args(Line)
CONDITIONS: tuple[Condition, ...] = get_args(Condition)

# What is known of one matter: true, false, or absent when nobody has said.
Conditions = Mapping[Condition, bool]

_UNITS = ("working_days", "calendar_days", "weeks", "months")


class Length(Entry):
    """How long a limit is: exactly one of these."""

    working_days: PositiveInt | None = None
    calendar_days: PositiveInt | None = None
    weeks: PositiveInt | None = None
    months: PositiveInt | None = None
    same_day: Literal[True] | None = None
    immediately: Literal[True] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "Length":
        if len(self.model_fields_set) != 1:
            raise ValueError("a length is exactly one of working_days, calendar_days, weeks, months: a number, "
                             "or same_day: true, or immediately: true")  # fmt: skip
        return self

    @property
    def unit(self) -> str:
        """ "working_days", "calendar_days", "weeks", "months", "same_day" or "immediately"."""
        return next(iter(self.model_fields_set))

    @property
    def number(self) -> int:
        """How many of the unit; 0 for the same day and for immediately."""
        return getattr(self, self.unit) if self.unit in _UNITS else 0
