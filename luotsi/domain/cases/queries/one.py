"""One case whole: what the person told, what was judged and given, its clocks and its story."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from luotsi.base.dates import age_if_known
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import queries as bookings
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.definitions import CaseKind, CloseReason, Stage, case_kinds
from luotsi.domain.cases.models import Case, Contact
from luotsi.domain.cases.queries.judged import Judgement, judgements_of
from luotsi.domain.cases.queries.opened import opened_case
from luotsi.domain.clocks import queries as clocks
from luotsi.domain.clocks.queries import ClockChip
from luotsi.domain.events import actions as event_log
from luotsi.domain.events import queries as events
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import queries as people
from luotsi.domain.people.access import Reason, relationship_of
from luotsi.domain.questionnaires import rules as questionnaire_rules
from luotsi.domain.questionnaires.definitions import Danger
from luotsi.domain.questionnaires.queries import forms


@dataclass(frozen=True)
class Happening:
    """One event of the story. `by` is a worker's name, or that of somebody who acted for the resident; "" for the
    resident and the system. `number` counts the story from 1 in the order in which it was written down, which is
    another one where something is told afterwards.
    """

    at: datetime
    kind: str
    by: str
    role: str
    body: dict[str, Any]
    number: int


@dataclass(frozen=True)
class CaseView:
    """A case as its page shows it.

    `reason` opens it to the reader. `form` is the questionnaire that came with the contact, "" without one.
    `conditions` are the facts that change its limits. `sent_by` acted for the resident when the contact came. `told`
    are questions and answers; an answer that a protection order hides is "". `private_why`: the judgement by which a
    minor keeps the case from guardians.
    """

    id: UUID
    kind: CaseKind
    person: people.Person
    reason: Reason | None
    age: int | None
    service: str
    unit: str
    channel: str
    form: str
    conditions: dict[str, bool]
    sent_by: people.Agent | None
    opened_at: datetime
    closed_at: datetime | None
    close_reason: str
    is_private: bool
    private_why: str
    state: rules.CaseState
    steps: tuple[rules.Step, ...]
    told: tuple[tuple[str, str], ...]
    dangers: tuple[Danger, ...]
    judgements: tuple[Judgement, ...]
    times: tuple[bookings.BookingView, ...]
    notes: tuple[tuple[datetime, str], ...]
    chips: tuple[ClockChip, ...]
    story: tuple[Happening, ...]
    read_at: datetime

    @property
    def stages_done(self) -> frozenset[str]:
        return frozenset(judgement.stage for judgement in self.judgements)

    @property
    def stage(self) -> Stage:
        """What is judged next: what a joined contact asks for anew, then the first stage not done; when all are done,
        the last one, which a new judgement may correct.
        """
        anew = (one for one in self.kind.stages if one.each_contact and self._is_asked_anew(one))
        return next(anew, None) or self.kind.next_stage(self.stages_done) or self.kind.stages[-1]

    def _is_asked_anew(self, stage: Stage) -> bool:
        judged = max((one.at for one in self.judgements if one.stage == stage.key), default=None)
        return judged is not None and any(one.kind == "contact.joined" and one.at > judged for one in self.story)

    @property
    def is_emergency(self) -> bool:
        """Whether the latest judgement of urgency says that help is needed at once."""
        if self.closed_at is not None or self.state == "visited":
            return False
        urgency = next((one.urgency for one in reversed(self.judgements) if one.urgency), "")
        return self.kind.is_emergency((one.outcome for one in self.judgements), urgency=urgency)

    @property
    def can_reopen(self) -> bool:
        """Whether the close may still be undone, as far as time goes."""
        return rules.can_reopen(self.closed_at, at=self.read_at)

    @property
    def close_reasons(self) -> tuple[CloseReason, ...]:
        """The reasons for which the matter may be closed as it stands."""
        done, is_visited = self.stages_done, bool(self.notes)
        return tuple(
            one for one in self.kind.close_reasons if rules.can_close_for(one.needs, done=done, is_visited=is_visited)
        )

    @property
    def waiting_time(self) -> bookings.BookingView | None:
        """The time that is offered or booked and not yet held; of several the one that comes first."""
        standing = (time for time in self.times if time.state in {"offered", "made"})
        return min(standing, key=lambda time: time.slot.starts_at, default=None)

    @property
    def care_due(self) -> ClockChip | None:
        """The care guarantee's clock, once it runs."""
        return next((chip for chip in self.chips if chip.line == self.kind.care_line), None)


def read_case(case: UUID, *, viewer: Who, language: str, at: datetime) -> CaseView:
    """The case whole. Raises NotAllowed when it does not exist for this viewer; the reading is logged."""
    row = opened_case(case, viewer=viewer)
    if row is None:
        raise NotAllowed("no such case for this viewer")
    person = people.shown(people.person(row.resident_id), viewer)
    reason = _log(row, viewer, "case")
    kind = case_kinds()[row.kind]
    times, judgements, notes = _times(row), judgements_of(row, kind), _notes(row)
    state = _state(row, _effects(judgements, kind), times, notes)
    story, agents = _story(row, person.id)
    event_log.saw(viewer, residents=agents, what="mandate", subject=row.id, register=row.register, ground="mandate")
    return CaseView(
        id=row.id,
        kind=kind,
        person=person,
        reason=reason,
        age=age_if_known(person.birth_date, local_day(at)),
        service=row.service,
        unit=row.unit_id,
        channel=row.contact.channel if row.contact else "",
        form=row.contact.response.questionnaire if row.contact and row.contact.response else "",
        conditions=row.conditions,
        sent_by=agents.get(row.contact.sent_by_id) if row.contact else None,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        close_reason=row.close_reason,
        is_private=row.kept_private_at is not None,
        private_why=row.kept_private_why,
        state=state,
        steps=rules.steps(state, has_times=kind.has_times, is_under_way=rules.is_under_way(_effects(judgements, kind))),
        told=_told(row, language, hides_places=people.hides_place(person, viewer)),
        dangers=dangers_in(row.contact),
        judgements=judgements,
        times=times,
        notes=notes,
        chips=tuple(clocks.clocks_of([row.id]).get(row.id, ())),
        story=story,
        read_at=at,
    )


def read_answers(case: UUID, *, viewer: Who, language: str) -> tuple[tuple[str, str], ...]:
    """Everything the person told, also what a protection order hides: a reading of its own, with its own row in the
    log. Raises NotAllowed.
    """
    row = access.visible_to(viewer).select_related("contact__response").filter(id=case).first()
    if row is None:
        raise NotAllowed("no such case for this viewer")
    _log(row, viewer, "answers")
    return _told(row, language)


def length_of_story(case: UUID, *, viewer: Who) -> int:
    """How much has happened in the case: what an open page asks again and again. It tells nothing of the resident, so
    nothing is written in the log. Raises NotAllowed.
    """
    if not access.visible_to(viewer).filter(id=case).exists():
        raise NotAllowed("no such case for this viewer")
    return events.how_many(case)


_PLACES = ("phone",)  # the kinds of answers by which a person can be found


def _log(row: Case, viewer: Who, what: str) -> Reason | None:
    """Write down that this is shown of the case; answers the reason for which it may be."""
    reason = relationship_of(viewer, row.resident_id, register=row.register)
    ground = reason.ground if reason else ""
    event_log.saw(viewer, residents=[row.resident_id], what=what, subject=row.id, register=row.register, ground=ground)
    return reason


def _effects(judgements: tuple[Judgement, ...], kind: CaseKind) -> list[str]:
    return kind.effects(judgement.outcome for judgement in judgements)


def _state(
    row: Case, effects: Sequence[str], times: tuple[bookings.BookingView, ...], notes: Collection[object]
) -> rules.CaseState:
    facts = rules.CaseFacts(
        is_closed=row.closed_at is not None,
        effects=effects,
        bookings=[time.state for time in times],
        is_visited=bool(notes),
    )
    return rules.case_state(facts)


def _times(row: Case) -> tuple[bookings.BookingView, ...]:
    given = bookings.bookings(list(row.times.values_list("booking_id", flat=True))).values()
    return tuple(sorted(given, key=lambda time: time.offered_at))


def _notes(row: Case) -> tuple[tuple[datetime, str], ...]:
    return tuple(row.visit_notes.order_by("held_at").values_list("held_at", "note"))


def _told(row: Case, language: str, *, hides_places: bool = False) -> tuple[tuple[str, str], ...]:
    return told_in(row.contact, language, hides_places=hides_places) if row.contact else ()


def told_in(contact: Contact, language: str, *, hides_places: bool) -> tuple[tuple[str, str], ...]:
    """Questions and answers; with `hides_places` an answer by which the person is found is "" (nobody's own is)."""
    response, without = contact.response, _PLACES if hides_places else ()
    if response is None:
        return ()
    asked = forms.known(response.questionnaire, response.version)
    if asked is None:
        return ()
    return tuple(
        (item.label.in_language(language), "" if item.type in without else answer)
        for item, answer in questionnaire_rules.answered(asked, response.answers, language)
    )


def dangers_in(contact: Contact | None) -> tuple[Danger, ...]:
    """The danger signs of which the contact's form tells."""
    response = contact.response if contact else None
    if response is None:
        return ()
    asked = forms.known(response.questionnaire, response.version)
    return tuple(questionnaire_rules.dangers(asked, response.answers)) if asked else ()


def _story(row: Case, resident: UUID) -> tuple[tuple[Happening, ...], dict[UUID, people.Agent]]:
    """What happened, and who acted for the resident meanwhile. `resident` is the person's own id."""
    happened = events.story_of([row.id])[row.id]
    staff = {event.actor_id for event in happened if event.actor_kind == "staff"}
    acting = {event.actor_id for event in happened if event.actor_kind == "resident"} | {_sender(row)}
    others = [who for who in acting if who not in {None, resident, row.resident_id}]
    names = organisation.names_of(staff)
    agents = people.agents_of(resident, others)
    written = {event.id: number for number, event in enumerate(sorted(happened, key=lambda one: one.id), 1)}
    by = names | {who: agent.name for who, agent in agents.items()}
    story = tuple(
        Happening(
            at=event.occurred_at,
            kind=event.kind,
            by=by.get(event.actor_id, ""),
            role=event.actor_role,
            body=event.body,
            number=written[event.id],
        )
        for event in happened
    )
    return story, agents


def _sender(row: Case) -> UUID | None:
    return row.contact.sent_by_id if row.contact else None
