"""Case kinds on the shelf: which register, which clocks, which ways to judge and to close."""

from collections.abc import Collection, Iterable
from typing import Any, Literal, Self

from pydantic import model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition
from luotsi.base.text import Text
from luotsi.domain.cases.definitions.sheet import urgencies
from luotsi.domain.cases.definitions.stages import CloseReason, Outcome, OwnReason, Party, Stage
from luotsi.domain.cases.rules.case import CaseState
from luotsi.domain.clocks.definitions import ClockUse, Line
from luotsi.domain.organisation.definitions import Register

_OF_STAGE = ("outcomes", "sheet", "conditions")
_CLOSING = {"advice", "answer", "ends"}


class CaseKind(Definition):
    """A kind of matter. `professions` are who can be booked for it.

    `stages` are what is judged, in order; a file that only says `outcomes` has the one stage "need". `has_times`: times
    are given and visits held. `forms` are the questionnaires that it needs, `fitting_forms` those offered first
    in a matter. `parties` are those who must be told of it.
    `reasons`: whether the reason for coming is an ICPC-2 code, one of `own_reasons`, or not asked. `team_words` and
    `resident_words` say where it stands, where the common words, which speak of care, do not fit.
    `own_stays_private`: whoever acts for the resident does not see one that the resident opened themselves;
    `kept_from_guardians`: nor any of this kind, until a worker shares it. `joins`: a further contact about the same
    person joins the one that is open. `by_resident`: a resident can open one with the contact form.
    """

    version: int
    register: Register
    care_line: Line
    professions: tuple[str, ...]
    stages: tuple[Stage, ...]
    close_reasons: tuple[CloseReason, ...]
    clocks: tuple[ClockUse, ...]
    parties: tuple[Party, ...] = ()
    forms: tuple[str, ...] = ()
    fitting_forms: tuple[str, ...] = ()
    reasons: Literal["none", "icpc2", "own"] = "none"
    own_reasons: tuple[OwnReason, ...] = ()
    has_times: bool = True
    own_stays_private: bool = False
    kept_from_guardians: bool = False
    joins: bool = False
    by_resident: bool = True
    team_words: dict[CaseState, Text] = {}
    resident_words: dict[CaseState, Text] = {}

    @model_validator(mode="before")
    @classmethod
    def _of_one_stage(cls, told: Any) -> Any:
        if not isinstance(told, dict) or "outcomes" not in told or "stages" in told:
            return told
        rest = {name: value for name, value in told.items() if name not in _OF_STAGE}
        stage = {name: told[name] for name in _OF_STAGE if name in told}
        return {**rest, "stages": [stage]}

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        keys = [outcome.key for outcome in self.outcomes]
        reasons = {reason.key for reason in self.close_reasons}
        known = {*(stage.key for stage in self.stages), "visit"}
        for outcome in self.outcomes:
            if keys.count(outcome.key) > 1:
                raise ValueError(f"the decision {outcome.key} stands twice; give each a key of its own")
            if outcome.effect in _CLOSING and outcome.close_reason not in reasons:
                raise ValueError(f"the decision {outcome.key} closes; name one of close_reasons in `closes`")
        for reason in self.close_reasons:
            if not set(reason.needs) <= known:
                raise ValueError(
                    f"the reason {reason.key} needs {reason.needs}; choose from {', '.join(sorted(known))}"
                )
        if (self.reasons == "own") != bool(self.own_reasons):
            raise ValueError("own_reasons and `reasons: own` stand both or neither")
        return self

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The decisions of all stages."""
        return tuple(outcome for stage in self.stages for outcome in stage.outcomes)

    @property
    def is_request(self) -> bool:
        """Whether it is settled with a written answer, not with care."""
        return all(outcome.tells_resident for outcome in self.outcomes)

    @property
    def is_staged(self) -> bool:
        return len(self.stages) > 1

    def outcome(self, key: str) -> Outcome:
        """Raises KeyError when the kind does not know the outcome."""
        return {outcome.key: outcome for outcome in self.outcomes}[key]

    def stage(self, key: str) -> Stage:
        """Raises KeyError when the kind does not know the stage."""
        return {stage.key: stage for stage in self.stages}[key]

    def stage_of(self, outcome: str) -> Stage:
        """The stage at which this is decided. Raises KeyError."""
        return next((s for s in self.stages if outcome in {one.key for one in s.outcomes}), None) or self.stage(outcome)

    def next_stage(self, done: Collection[str]) -> Stage | None:
        """The first stage that is not done; None when all are."""
        return next((stage for stage in self.stages if stage.key not in done), None)

    def open_stages(self, done: Collection[str]) -> tuple[Stage, ...]:
        """What may be judged now: the next stage, the latest one anew (a new judgement follows a wrong one), and those
        that each contact asks for again.
        """
        places = [place for place, stage in enumerate(self.stages) if stage.key in done]
        latest = max(places, default=-1)
        return tuple(
            stage
            for place, stage in enumerate(self.stages)
            if place in {latest, latest + 1} or (stage.each_contact and place < latest)
        )

    def effects(self, decided: Iterable[str]) -> list[str]:
        """The effects of these decisions, given in the order of time, in the order of the stages: of a matter that has
        come far, an urgency judged anew does not take it back.
        """
        order = {stage.key: place for place, stage in enumerate(self.stages)}
        ordered = sorted(decided, key=lambda outcome: order[self.stage_of(outcome).key])
        return [self.outcome(outcome).effect for outcome in ordered]

    def asked_anew(self, decided: Collection[str], *, since: Collection[str] | None) -> Stage | None:
        """The first stage that was judged and that a further contact asks for again. `since`: what was decided after
        the latest contact that joined, None when none did.
        """
        if since is None:
            return None
        done, again = ({self.stage_of(outcome).key for outcome in some} for some in (decided, since))
        return next((one for one in self.stages if one.each_contact and one.key in done - again), None)

    def is_emergency(self, decided: Iterable[str], *, urgency: str = "") -> bool:
        """Whether the latest judgement of urgency says that help is needed at once: of these decisions in the order of
        time, or by the `urgency` that was chosen last.
        """
        if urgency in urgencies() and urgencies()[urgency].is_emergency:
            return True
        judging = {one.key for stage in self.stages if any(o.effect == "alarm" for o in stage.outcomes)
                   for one in stage.outcomes}  # fmt: skip
        latest = [outcome for outcome in decided if outcome in judging][-1:]
        return any(self.outcome(outcome).effect == "alarm" for outcome in latest)


def case_kinds() -> dict[str, CaseKind]:
    return shelf.load("case_kinds", CaseKind)
