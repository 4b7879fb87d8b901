"""The story as rows of every noun, in the columns of its tables."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from luotsi.base.bulk import Stream
from luotsi.demo import ids, phrases, story
from luotsi.demo.calendars import PROFESSIONS, SLOT, Sitting
from luotsi.demo.days import NEVER, Ints
from luotsi.demo.demands import CODES
from luotsi.demo.matters import CARRIED, CHANNELS, FORM, SERVICES
from luotsi.demo.matters import OUTCOMES as DECISIONS
from luotsi.demo.outcomes import REASONS, Story
from luotsi.demo.streams import moments, same, stream, words
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.questionnaires.definitions import questionnaires

QUESTIONNAIRE = "contact"
UNITS = tuple(unit.unit for unit in story.UNITS)
KINDS = tuple(unit.kind for unit in story.UNITS)
MODES = ("visit", "remote")
LANGUAGES = tuple(language for language, _ in story.LANGUAGES)
CONTACT_COLUMNS = (
    *("id", "key", "resident_id", "register", "channel", "service", "unit_id", "language", "response_id"),
    *("received_at", "sender", "sender_name", "told", "written_by_id", "call_number"),
    *("demand", "demand_by_id", "demand_at"),
)
CASE_COLUMNS = (
    *("id", "kind", "kind_version", "register", "resident_id", "contact_id", "service", "unit_id", "opened_at"),
    *("closed_at", "close_reason", "responsible_id", "responsible_since", "conditions"),
)
ASSESSMENT_COLUMNS = (
    *("id", "case_id", "key", "stage", "reason", "outcome", "note", "profession", "assessed_by_id", "assessed_at"),
)
_SLOT_COLUMNS = ("id", "unit_id", "staff_id", "profession", "mode", "starts_at", "ends_at", "capacity", "taken")


class Rows:
    """Streams of rows. `staff` holds an identifier for each seat."""

    def __init__(self, told: Story, staff: ids.Ids) -> None:
        self.told, self.staff = told, staff
        self.seat_unit = np.array([seat.unit for seat in told.seats.seats])
        self.seat_profession = np.array([seat.profession for seat in told.seats.seats])
        rng = told.rng
        self.response_ids = ids.draw(rng, len(told.by_form))
        self.case_keys, self.assessment_ids = ids.draw(rng, told.matters.count), ids.draw(rng, told.matters.count)
        self.assessment_keys, self.note_ids = ids.draw(rng, told.matters.count), ids.draw(rng, told.matters.count)
        self.free_ids = ids.draw(rng, len(told.free.seat))

    def slots(self) -> Stream:
        bookings = self.told.bookings
        sitting = Sitting(bookings.seat, bookings.starts)

        def table(rows: Ints) -> pa.Table:
            taken = bookings.is_taken[rows].astype(np.int16)
            return self._slots(sitting, bookings.slot_ids, bookings.is_remote, taken, rows)

        return stream(_SLOT_COLUMNS, len(bookings.seat), table)

    def free_slots(self) -> Stream:
        free, is_remote = self.told.free, self.told.free_is_remote

        def table(rows: Ints) -> pa.Table:
            return self._slots(free, self.free_ids, is_remote, np.zeros(len(rows), np.int16), rows)

        return stream(_SLOT_COLUMNS, len(free.seat), table)

    def bookings(self) -> Stream:
        it, at = self.told.bookings, self._at
        columns = (
            *("id", "slot_id", "resident_id", "key", "offered_at"),
            *("accepted_at", "declined_at", "cancelled_at", "cancelled_by", "held_at"),
        )

        def table(rows: Ints) -> pa.Table:
            by = np.where(it.cancelled[rows] == NEVER, -1, np.where(it.by_resident[rows], 0, 1))
            return pa.table(
                dict(
                    id=ids.as_text(it.booking_ids[rows]),
                    slot_id=ids.as_text(it.slot_ids[rows]),
                    resident_id=self._resident(it.resident[rows]),
                    key=ids.as_text(it.keys[rows]),
                    offered_at=at(it.offered[rows]),
                    accepted_at=at(it.accepted[rows]),
                    declined_at=at(it.declined[rows]),
                    cancelled_at=at(it.cancelled[rows]),
                    cancelled_by=words(("resident", "provider"), by),
                    held_at=at(it.held[rows]),
                )
            )

        return stream(columns, len(it.seat), table)

    def responses(self) -> Stream:
        cases, who = self.told.by_form, self.told.matters.resident
        columns = (
            *("id", "questionnaire", "version", "resident_id", "register", "subject", "language", "answers"),
            *("started_at", "saved_at", "completed_at", "revision"),
        )
        version = questionnaires()[QUESTIONNAIRE].version

        def table(rows: Ints) -> pa.Table:
            case = cases[rows]
            return pa.table(
                dict(
                    id=ids.as_text(self.response_ids[rows]),
                    questionnaire=same(QUESTIONNAIRE, len(rows)),
                    version=same(version, len(rows)),
                    resident_id=self._resident(who[case]),
                    register=registers(self.told.matters.unit[case]),
                    subject=ids.as_text(self.told.contact_ids[case]),
                    language=self.language(case),
                    answers=pa.array([self._answers(int(one)) for one in case]),
                    started_at=self._at(self.told.matters.received[case]),
                    saved_at=self._at(self.told.matters.received[case]),
                    completed_at=self._at(self.told.matters.received[case]),
                    revision=same(1, len(rows)),
                )
            )

        return stream(columns, len(cases), table)

    def contacts(self) -> Stream:
        it, told, at = self.told.matters, self.told.demands, self._at
        cases = np.flatnonzero(it.channel != CARRIED)
        response_of = np.full(it.count, -1)
        response_of[self.told.by_form] = np.arange(len(self.told.by_form))
        is_asked = np.zeros(it.count, np.bool_)
        is_asked[self.told.calls.asked] = True

        def table(rows: Ints) -> pa.Table:
            case = cases[rows]
            is_classed, is_form = told.at[case] < NEVER, it.channel[case] == FORM
            assessor = self.told.assessor[case]
            return pa.table(
                dict(
                    id=ids.as_text(self.told.contact_ids[case]),
                    key=ids.as_text(self.case_keys[case]),
                    resident_id=self._resident(it.resident[case]),
                    register=registers(it.unit[case]),
                    channel=words(CHANNELS, it.channel[case]),
                    service=words(SERVICES, it.service[case]),
                    unit_id=words(UNITS, it.unit[case]),
                    language=self.language(case),
                    response_id=ids.or_nothing(self.response_ids, response_of[case]),
                    received_at=at(it.received[case]),
                    sender=same("resident", len(rows)),
                    sender_name=same("", len(rows)),
                    told=same("", len(rows)),
                    written_by_id=ids.or_nothing(self.staff, np.where(is_form, -1, assessor)),
                    call_number=pc.if_else(pa.array(is_asked[case]), self.phone(case), ""),
                    demand=words(CODES, np.where(is_classed, told.code[case], -1)),
                    demand_by_id=ids.or_nothing(self.staff, np.where(is_classed, assessor, -1)),
                    demand_at=at(told.at[case]),
                )
            )

        return stream(CONTACT_COLUMNS, len(cases), table)

    def cases(self) -> Stream:
        it, told = self.told.matters, self.told
        versions = {key: kind.version for key, kind in case_kinds().items()}
        version = np.array([versions.get(kind, 0) for kind in KINDS])
        whose, since = np.full(it.count, -1), np.full(it.count, NEVER)
        whose[told.handovers.case], since[told.handovers.case] = told.handovers.taker, told.handovers.at

        def table(rows: Ints) -> pa.Table:
            return pa.table(
                dict(
                    id=ids.as_text(told.case_ids[rows]),
                    kind=words(KINDS, it.unit[rows]),
                    kind_version=version[it.unit[rows]],
                    register=registers(it.unit[rows]),
                    resident_id=self._resident(it.resident[rows]),
                    contact_id=ids.or_nothing(told.contact_ids, np.where(it.channel[rows] == CARRIED, -1, rows)),
                    service=words(SERVICES, it.service[rows]),
                    unit_id=words(UNITS, it.unit[rows]),
                    opened_at=self._at(it.received[rows]),
                    closed_at=self._at(told.closed[rows]),
                    close_reason=words(REASONS, np.where(told.closed[rows] < NEVER, told.reason[rows], -1)),
                    responsible_id=ids.or_nothing(self.staff, whose[rows]),
                    responsible_since=self._at(since[rows]),
                    conditions=same("{}", len(rows)),
                )
            )

        return stream(CASE_COLUMNS, it.count, table)

    def assessments(self) -> Stream:
        it, told = self.told.matters, self.told
        cases = np.flatnonzero(it.assessed < NEVER)

        def table(rows: Ints) -> pa.Table:
            case = cases[rows]
            notes = [phrases.JUDGED[DECISIONS[one]] for one in it.outcome[case]]
            return pa.table(
                dict(
                    id=ids.as_text(self.assessment_ids[case]),
                    case_id=ids.as_text(told.case_ids[case]),
                    key=ids.as_text(self.assessment_keys[case]),
                    stage=same("need", len(rows)),
                    reason=same("", len(rows)),
                    outcome=words(DECISIONS, it.outcome[case]),
                    note=pa.array(
                        [note[lot % len(note)] for note, lot in zip(notes, told.case_ids[case, 0], strict=True)]
                    ),
                    profession=words(PROFESSIONS, self.seat_profession[told.assessor[case]]),
                    assessed_by_id=self._worker(told.assessor[case]),
                    assessed_at=self._at(it.assessed[case]),
                )
            )

        return stream(ASSESSMENT_COLUMNS, len(cases), table)

    def times(self) -> Stream:
        it = self.told.bookings
        of_cases = np.flatnonzero(it.case >= 0)

        def table(rows: Ints) -> pa.Table:
            booking = of_cases[rows]
            case = ids.as_text(self.told.case_ids[it.case[booking]])
            return pa.table(dict(case_id=case, booking_id=ids.as_text(it.booking_ids[booking])))

        return stream(("case_id", "booking_id"), len(of_cases), table)

    def visit_notes(self) -> Stream:
        told, cases = self.told, np.flatnonzero(self.told.held < NEVER)
        columns = ("id", "case_id", "booking_id", "note", "written_by_id", "held_at")

        def table(rows: Ints) -> pa.Table:
            case = cases[rows]
            return pa.table(
                dict(
                    id=ids.as_text(self.note_ids[case]),
                    case_id=ids.as_text(told.case_ids[case]),
                    booking_id=ids.or_nothing(told.bookings.booking_ids, told.visit_booking[case]),
                    note=words(phrases.HELD, told.case_ids[case, 1] % len(phrases.HELD)),
                    written_by_id=self._worker(told.visit_seat[case]),
                    held_at=self._at(told.held[case]),
                )
            )

        return stream(columns, len(cases), table)

    def _slots(self, sitting: Sitting, slot_ids: ids.Ids, is_remote: Ints, taken: Ints, rows: Ints) -> pa.Table:
        seat, starts = sitting.seat[rows], sitting.starts[rows]
        return pa.table(
            dict(
                id=ids.as_text(slot_ids[rows]),
                unit_id=words(UNITS, self.seat_unit[seat]),
                staff_id=self._worker(seat),
                profession=words(PROFESSIONS, self.seat_profession[seat]),
                mode=words(MODES, is_remote[rows].astype(np.int64)),
                starts_at=self._at(starts),
                ends_at=self._at(starts + SLOT),
                capacity=same(1, len(rows)),
                taken=taken,
            )
        )

    def _answers(self, case: int) -> str:
        it, lot = self.told.matters, self.told.case_ids[case]
        who = it.resident[case]
        sentences = phrases.told(LANGUAGES[self.told.residents.language[who]], SERVICES[it.service[case]])
        answers = {
            "what": sentences[lot[2] % len(sentences)],
            "since": phrases.SINCE[lot[3] % len(phrases.SINCE)],
            "wish": phrases.WISH[lot[4] % len(phrases.WISH)],
            "phone": f"040 000 {self.told.residents.phone[who]:04d}",
        }
        return json.dumps(answers, ensure_ascii=False)

    def phone(self, cases: Ints) -> pa.StringArray:
        """The number at which whoever each case is about can be called."""
        numbers = self.told.residents.phone[self.told.matters.resident[cases]]
        return pa.array([f"040 000 {number:04d}" for number in numbers], pa.string())

    def _at(self, seconds: Ints) -> pa.Array:
        return moments(self.told.days, seconds)

    def _resident(self, places: Ints) -> pa.StringArray:
        return ids.as_text(self.told.residents.ids[places])

    def _worker(self, seats: Ints) -> pa.StringArray:
        return ids.as_text(self.staff[seats])

    def language(self, cases: Ints) -> pa.StringArray:
        """The language of whoever each case is about."""
        return words(LANGUAGES, self.told.residents.language[self.told.matters.resident[cases]])


def registers(units: Ints) -> pa.Array:
    """The register of each unit's kind of case."""
    names = tuple(sorted({kind.register for kind in case_kinds().values()}))
    of_unit = np.array([names.index(case_kinds()[kind].register) if kind in case_kinds() else 0 for kind in KINDS])
    return words(names, of_unit[units])
