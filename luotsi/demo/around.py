"""What a team does around its cases, as rows and as events: reasons, reminders, calls and whose case it is."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from luotsi.base.bulk import Stream
from luotsi.demo import ids
from luotsi.demo.chronicle import Happening
from luotsi.demo.days import MINUTE, NEVER, Ints
from luotsi.demo.demands import CODES, is_failure
from luotsi.demo.desk import OUTCOMES
from luotsi.demo.matters import CHANNELS, PHONE, SERVICES
from luotsi.demo.phrases import REMINDED
from luotsi.demo.streams import join, moments, same, stream, words
from luotsi.demo.tables import CONTACT_COLUMNS, UNITS, Rows, registers

REACHED = OUTCOMES.index("reached")
_JOIN_AFTER = MINUTE  # a reminder is written down while the telephone is still warm


def reminders(rows: Rows) -> Stream:
    """The contacts of those who asked again."""
    told, it = rows.told, rows.told.reminders

    def table(which: Ints) -> pa.Table:
        case, count = it.case[which], len(which)
        worker = ids.as_text(rows.staff[told.assessor[case]])
        people, who = told.residents, told.matters.resident[case]
        is_classed = pa.array(it.at[which] < NEVER)
        return pa.table(
            dict(
                id=ids.as_text(it.contact_ids[which]),
                key=ids.as_text(it.keys[which]),
                resident_id=ids.as_text(people.ids[who]),
                register=registers(told.matters.unit[case]),
                channel=words(CHANNELS, np.full(count, PHONE)),
                service=words(SERVICES, told.matters.service[case]),
                unit_id=words(UNITS, told.matters.unit[case]),
                language=rows.language(case),
                response_id=pa.nulls(count, pa.string()),
                received_at=moments(told.days, it.received[which]),
                sender=same("resident", count),
                sender_name=same("", count),
                told=words(REMINDED, it.keys[which, 0].astype(np.int64) % len(REMINDED)),
                written_by_id=worker,
                call_number=same("", count),
                demand=words(CODES, it.code[which]),
                demand_by_id=pc.if_else(is_classed, worker, None),
                demand_at=moments(told.days, it.at[which]),
            )
        )

    return stream(CONTACT_COLUMNS, it.count, table)


def joins(rows: Rows) -> Stream:
    told, it = rows.told, rows.told.reminders

    def table(which: Ints) -> pa.Table:
        case = it.case[which]
        return pa.table(
            dict(
                case_id=ids.as_text(told.case_ids[case]),
                contact_id=ids.as_text(it.contact_ids[which]),
                joined_by_id=ids.as_text(rows.staff[told.assessor[case]]),
                joined_at=moments(told.days, it.received[which] + _JOIN_AFTER),
            )
        )

    return stream(("case_id", "contact_id", "joined_by_id", "joined_at"), it.count, table)


def calls(rows: Rows) -> Stream:
    told, it = rows.told, rows.told.calls

    def table(which: Ints) -> pa.Table:
        case = it.case[which]
        return pa.table(
            dict(
                id=ids.as_text(it.call_ids[which]),
                key=ids.as_text(it.keys[which]),
                contact_id=ids.as_text(told.contact_ids[case]),
                outcome=words(OUTCOMES, it.outcome[which]),
                note=same("", len(which)),
                made_by_id=ids.as_text(rows.staff[told.assessor[case]]),
                made_at=moments(told.days, it.at[which]),
            )
        )

    return stream(("id", "key", "contact_id", "outcome", "note", "made_by_id", "made_at"), len(it.case), table)


def handovers(rows: Rows) -> Stream:
    told, it = rows.told, rows.told.handovers
    columns = (
        *("id", "case_id", "from_staff_id", "to_staff_id", "from_unit_id", "to_unit_id"),
        *("note", "made_by_id", "made_at"),
    )

    def table(which: Ints) -> pa.Table:
        taker, unit = it.taker[which], words(UNITS, told.matters.unit[it.case[which]])
        giver = it.giver[which]
        return pa.table(
            dict(
                id=ids.as_text(ids.draw(told.rng, len(which))),
                case_id=ids.as_text(told.case_ids[it.case[which]]),
                from_staff_id=ids.or_nothing(rows.staff, giver),
                to_staff_id=ids.as_text(rows.staff[taker]),
                from_unit_id=unit,
                to_unit_id=unit,
                note=same("", len(which)),
                made_by_id=ids.as_text(rows.staff[np.where(giver < 0, taker, giver)]),
                made_at=moments(told.days, it.at[which]),
            )
        )

    return stream(columns, len(it.case), table)


def happened(rows: Rows) -> list[Happening]:
    """The events of all this."""
    return [*_classed(rows), *_reminded(rows), _called(rows), _handed_over(rows)]


def _about(rows: Rows, case: Ints) -> dict[str, Ints]:
    it = rows.told.matters
    return dict(resident=it.resident[case], unit=it.unit[case], service=it.service[case])


def _classed(rows: Rows) -> list[Happening]:
    told = rows.told
    every = np.arange(told.matters.count)
    again = told.reminders
    known = told.demands.is_suggested

    def body(code: Ints, is_suggested: Ints) -> pa.StringArray:
        key, fails = words(CODES, code), words(("false", "true"), is_failure(code).astype(np.int64))
        suggested = words(CODES, np.where(is_suggested > 0, code, -1))
        return join('{"demand": "', key, '", "is_failure": ', fails, ', "suggested": "', suggested, '"}')

    return [
        Happening(
            "demand.classed", 9, told.demands.at, actor=told.assessor, channel=told.matters.channel,
            subject=(told.contact_ids, every), body=lambda which: body(told.demands.code[which], known[which]),
            **_about(rows, every),
        ),
        Happening(
            "demand.classed", 9, again.at, actor=told.assessor[again.case], channel=np.full(again.count, PHONE),
            subject=(again.contact_ids, np.arange(again.count)),
            body=lambda which: body(again.code[which], known[again.case[which]]), **_about(rows, again.case),
        ),
    ]  # fmt: skip


def _reminded(rows: Rows) -> list[Happening]:
    """A contact of its own, then the matter that it joined, which keeps the channel by which it began."""
    told, it = rows.told, rows.told.reminders
    about = _about(rows, it.case) | dict(actor=told.assessor[it.case])
    contact = ids.with_dashes(it.contact_ids)
    return [
        Happening(
            "contact.received", 2, it.received, body=lambda which: same('{"danger": false}', len(which)),
            subject=(it.contact_ids, np.arange(it.count)), channel=np.full(it.count, PHONE), keeps_profession=False,
            **about,
        ),
        Happening(
            "contact.joined", 3, it.received, subject=(told.case_ids, it.case),
            channel=told.matters.channel[it.case],
            body=lambda which: join('{"contact": "', contact.take(pa.array(which)), '"}'), **about,
        ),
    ]  # fmt: skip


def _called(rows: Rows) -> Happening:
    told, it = rows.told, rows.told.calls

    def body(which: Ints) -> pa.StringArray:
        reached = words(("false", "true"), (it.outcome[which] == REACHED).astype(np.int64))
        return join('{"outcome": "', words(OUTCOMES, it.outcome[which]), '", "reached": ', reached, "}")

    return Happening(
        "call.made", 4, it.at, actor=told.assessor[it.case], body=body, subject=(told.case_ids, it.case),
        channel=told.matters.channel[it.case], **_about(rows, it.case),
    )  # fmt: skip


def _handed_over(rows: Rows) -> Happening:
    told, it = rows.told, rows.told.handovers
    worker = ids.with_dashes(rows.staff)

    def body(which: Ints) -> pa.StringArray:
        unit = words(UNITS, told.matters.unit[it.case[which]])
        return join('{"to": "', worker.take(pa.array(it.taker[which])), '", "unit": "', unit, '"}')

    return Happening(
        "case.handed_over", 8, it.at, actor=np.where(it.giver < 0, it.taker, it.giver), body=body,
        subject=(told.case_ids, it.case), channel=told.matters.channel[it.case],
        **_about(rows, it.case),
    )  # fmt: skip
