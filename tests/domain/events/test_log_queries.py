"""Reading the log: plainly for the resident, row by row for the privacy officer, in numbers for what is unusual."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries
from luotsi.domain.events.models import Use
from luotsi.domain.events.queries import looked

pytestmark = pytest.mark.django_db
RAUNI, OTHER, MATTER = new_id(), new_id(), new_id()
NURSE = Who("staff", "nurse", new_id(), units=frozenset({"kuhmo"}))
DOCTOR = Who("staff", "doctor", new_id())
OFFICER = Who("staff", "privacy-officer", new_id())
RESIDENT = Who("resident", "resident", RAUNI)
# 9.15 in Finland on the first of July.
MORNING = datetime(2026, 7, 1, 6, 15, tzinfo=UTC)


def use(at: datetime, *, by: Who = NURSE, resident: UUID | None = RAUNI, **told: object) -> Use:
    row = {
        **dict.fromkeys(("register", "recipient", "request", "address"), ""),
        "log": "usage",
        "outcome": "shown",
        "what": "case",
        "action": "case.read",
        "ground": "team",
        "subject": MATTER,
        **told,
    }
    return Use.objects.create(
        at=at, resident=resident, actor_kind=by.kind, actor_id=by.id, actor_role=by.role,
        actor_units=sorted(by.units), acting_for=by.acting_for, **row,
    )  # fmt: skip


def test_a_workers_day_with_one_purpose_is_one_line() -> None:
    rows = [use(MORNING), use(MORNING + timedelta(hours=2), what="person", subject=None), use(MORNING, by=DOCTOR)]
    use(MORNING + timedelta(minutes=1), action="case.close")
    use(MORNING + timedelta(days=1), register="health")
    lines = queries.who_looked([RAUNI], viewer=RESIDENT).lines

    assert [(line.day, line.actor_role, line.action, line.times) for line in lines] == [
        (date(2026, 7, 2), "nurse", "case.read", 1),
        (date(2026, 7, 1), "nurse", "case.read", 2),
        (date(2026, 7, 1), "nurse", "case.close", 1),
        (date(2026, 7, 1), "doctor", "case.read", 1),
    ]
    both = lines[1]
    assert (both.first_at, both.last_at) == (MORNING, MORNING + timedelta(hours=2))
    assert (both.whats, both.actor_units, both.subjects) == (("case", "person"), ("kuhmo",), (MATTER,))
    assert both.ids == (rows[0].id, rows[1].id)
    assert lines[0].registers == ("health",)


def test_the_day_is_the_finnish_one() -> None:
    use(datetime(2026, 6, 30, 21, 30, tzinfo=UTC))
    assert queries.who_looked([RAUNI], viewer=RESIDENT).lines[0].day == date(2026, 7, 1)


def test_a_resident_reads_of_nobody_else_and_not_of_refusals() -> None:
    use(MORNING, resident=OTHER)
    use(MORNING, outcome="refused")
    assert queries.who_looked([OTHER], viewer=RESIDENT).lines == ()
    assert queries.who_looked([RAUNI], viewer=RESIDENT).lines == ()
    assert queries.who_looked([OTHER], viewer=Who("system", "visitor")).lines == ()
    assert len(queries.who_looked([OTHER], viewer=OFFICER).lines) == 1


def test_ones_own_looks_are_told_when_asked_for_and_those_of_another_always() -> None:
    use(MORNING, by=RESIDENT)
    use(MORNING, by=Who("resident", "resident", OTHER, acting_for=RAUNI), ground="mandate")
    assert [line.actor_id for line in queries.who_looked([RAUNI], viewer=RESIDENT).lines] == [OTHER]
    told = queries.who_looked([RAUNI], viewer=RESIDENT, own=True).lines
    assert [(line.actor_id, line.whats) for line in told if line.whats != ("log",)] == [
        (OTHER, ("case",)),
        (RAUNI, ("case",)),
    ]


def test_whoever_acts_for_another_reads_of_their_registers_and_not_of_what_is_kept_from_them() -> None:
    use(MORNING, register="health")
    use(MORNING, register="health", subject=OTHER)
    use(MORNING, register="social")
    mother = Who("resident", "resident", new_id(), acting_for=RAUNI, registers=frozenset({"health"}), ground="guardian")
    kept = queries.Kept(frozenset({OTHER}), units=frozenset({"kuhmo"}))
    [line] = queries.who_looked([RAUNI], viewer=mother, kept=kept).lines
    assert (line.registers, line.subjects, line.times) == (("health",), (MATTER,), 1)
    assert Use.objects.filter(what="log", ground="guardian", acting_for=RAUNI).count() == 1


def test_what_is_kept_is_not_given_away_by_a_unit_either() -> None:
    use(MORNING, subject=None, what="list", by=Who("staff", "nurse", new_id(), units=frozenset({"mielenterveys"})))
    use(MORNING, subject=None, what="list")
    use(MORNING, subject=OTHER, by=RESIDENT)
    use(MORNING, subject=None, what="list", by=RESIDENT)
    mother = Who("resident", "resident", new_id(), acting_for=RAUNI, ground="guardian")
    told = queries.who_looked(
        [RAUNI], viewer=mother, own=True, kept=queries.Kept(frozenset({OTHER}), frozenset({"kuhmo"}))
    )
    assert {(line.actor_kind, line.actor_units, line.subjects) for line in told.lines} == {
        ("staff", ("kuhmo",), ()),
        ("resident", (), ()),
    }


@pytest.mark.parametrize(
    ("by", "roles"),
    [
        ("", {"nurse", "mother", "outside"}),
        ("staff", {"nurse"}),
        ("acting", {"mother"}),
        ("own", {"resident"}),
        ("outside", {"outside"}),
        ("emergency", {"nurse"}),
        ("no such way", {"nurse", "mother", "outside"}),
    ],
)
def test_lines_are_narrowed_by_whom(by: str, roles: set[str]) -> None:
    use(MORNING, ground="emergency")
    use(MORNING, by=RESIDENT)
    use(MORNING, by=Who("resident", "mother", OTHER, acting_for=RAUNI))
    use(MORNING, by=Who("staff", "outside", new_id()), log="disclosure", recipient="Kela")
    assert {line.actor_role for line in queries.who_looked([RAUNI], viewer=RESIDENT, by=by).lines} == roles


def test_one_row_is_told_to_the_one_it_is_about_alone() -> None:
    mine, other = use(MORNING), use(MORNING, resident=OTHER)
    assert queries.look_at(mine.id, [RAUNI], viewer=RESIDENT).ids == (mine.id,)  # type: ignore[union-attr]
    assert queries.look_at(other.id, [RAUNI], viewer=RESIDENT) is None
    assert queries.look_at(other.id, [OTHER], viewer=RESIDENT) is None
    assert queries.look_at(0, [RAUNI], viewer=RESIDENT) is None


def test_a_disclosure_says_to_whom() -> None:
    use(MORNING, log="disclosure", recipient="Kela", what="letter", ground="legal")
    [line] = queries.who_looked([RAUNI], viewer=RESIDENT).lines
    assert (line.is_disclosure, line.recipient, line.whats) == (True, "Kela", ("letter",))


def test_lines_come_in_pages_and_from_a_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looked, "PER_PAGE", 2)
    for day in range(5):
        use(MORNING + timedelta(days=day))
    first, last = (queries.who_looked([RAUNI], viewer=RESIDENT, page=page) for page in (1, 3))
    assert ([line.day.day for line in first.lines], first.has_more) == ([5, 4], True)
    assert ([line.day.day for line in last.lines], last.has_more) == ([1], False)
    since = queries.who_looked([RAUNI], viewer=RESIDENT, since=MORNING + timedelta(days=4))
    assert [line.day.day for line in since.lines] == [5]


def test_reading_the_log_is_logged() -> None:
    queries.who_looked([RAUNI], viewer=RESIDENT)
    queries.search_log(viewer=OFFICER, resident=RAUNI)
    assert list(Use.objects.order_by("id").values_list("actor_role", "resident", "what", "ground")) == [
        ("resident", RAUNI, "log", "own"),
        ("privacy-officer", RAUNI, "log", "oversight"),
    ]


def test_a_search_finds_by_everything_that_is_named() -> None:
    wanted = use(MORNING)
    use(MORNING, resident=OTHER)
    use(MORNING, by=DOCTOR)
    use(MORNING, action="case.close")
    use(MORNING, ground="emergency")
    use(MORNING, outcome="refused")
    use(MORNING - timedelta(days=1))
    use(MORNING + timedelta(days=1))
    found = queries.search_log(
        viewer=OFFICER, resident=RAUNI, actor=NURSE.id, since=MORNING, until=MORNING + timedelta(days=1),
        action="case.read", ground="team", outcome="shown",
    )  # fmt: skip
    assert [line.id for line in found.lines] == [wanted.id]
    assert found.lines[0].actor_units == ("kuhmo",)


def test_a_search_is_logged_for_each_resident_found_or_once_for_nobody() -> None:
    use(MORNING)
    use(MORNING, resident=OTHER)
    queries.search_log(viewer=OFFICER, since=MORNING)
    assert set(Use.objects.filter(what="log").values_list("resident", flat=True)) == {RAUNI, OTHER}
    queries.search_log(viewer=OFFICER, action="nothing.such")
    assert Use.objects.filter(what="log", resident=None).count() == 1


def test_a_search_comes_in_pieces_and_only_to_staff() -> None:
    ids = [use(MORNING + timedelta(minutes=minute)).id for minute in range(5)]
    page = queries.search_log(viewer=OFFICER, limit=2, offset=1)
    assert ([line.id for line in page.lines], page.has_more) == ([ids[3], ids[2]], True)
    assert queries.search_log(viewer=RESIDENT).lines == ()


def test_rows_are_asked_about_by_number_by_those_they_concern() -> None:
    mine, foreign, refused = use(MORNING), use(MORNING, resident=OTHER), use(MORNING, outcome="refused")
    ids = [mine.id, foreign.id, refused.id]
    assert [line.id for line in queries.use_of(ids, viewer=RESIDENT)] == [mine.id]
    assert [line.id for line in queries.use_of(ids, viewer=OFFICER)] == ids
    assert queries.use_of(ids, viewer=Who("system", "visitor")) == ()


def test_pairs_count_who_was_shown_whom_and_why() -> None:
    for minute in range(3):
        use(MORNING + timedelta(minutes=minute))
    use(MORNING, ground="")
    use(MORNING, resident=OTHER)
    use(MORNING, what="list", resident=OTHER)
    use(MORNING, by=RESIDENT)
    window = {"since": MORNING, "until": MORNING + timedelta(days=1)}
    found = queries.patterns.pairs(**window)
    assert [(pair.resident, pair.times, pair.grounds) for pair in found] == [
        (RAUNI, 4, ("", "team")),
        (OTHER, 1, ("team",)),
    ]
    assert [pair.times for pair in queries.patterns.pairs(**window, grounds=[""])] == [1]


def test_emergencies_refusals_and_nights_are_found() -> None:
    window = {"since": MORNING - timedelta(days=2), "until": MORNING + timedelta(days=2)}
    emergency = use(MORNING, ground="emergency")
    use(MORNING, outcome="refused", subject=RAUNI)
    use(MORNING, outcome="refused", subject=OTHER)
    use(MORNING, outcome="refused", subject=OTHER)
    # 5.59, 6.00, 21.59 and 22.00 in Finland, in July three hours before UTC.
    at = MORNING.replace(hour=2, minute=59)
    early, late = use(at), use(MORNING.replace(hour=19, minute=0))
    use(MORNING.replace(hour=3, minute=0))
    use(MORNING.replace(hour=18, minute=59))
    use(at, what="list")
    assert [line.id for line in queries.patterns.emergencies(**window)] == [emergency.id]
    [refusals] = queries.patterns.refusals(**window)
    assert (refusals.actor, refusals.times, refusals.subjects) == (NURSE.id, 3, 2)
    assert [line.id for line in queries.patterns.at_night(**window)] == [late.id, early.id]


def test_a_day_is_compared_with_the_workers_own_days() -> None:
    for before, residents in ((1, 2), (2, 4), (3, 9)):
        for _ in range(residents):
            use(MORNING - timedelta(days=before), resident=new_id())
    for _ in range(20):
        use(MORNING, resident=new_id())
    use(MORNING, resident=RAUNI, by=DOCTOR)
    use(MORNING, resident=RAUNI, by=DOCTOR)
    use(MORNING - timedelta(days=40), resident=RAUNI, by=DOCTOR)
    found = queries.patterns.residents_a_day(date(2026, 7, 1))
    assert [(one.actor, one.residents, one.median, one.days) for one in found] == [
        (NURSE.id, 20, 4.0, 3),
        (DOCTOR.id, 1, 0.0, 0),
    ]


def test_postgresql_too_shows_a_resident_only_their_own() -> None:
    use(MORNING)
    use(MORNING, resident=OTHER)
    with events.looking(RESIDENT, action="log.own"):
        assert [row.resident for row in Use.objects.all()] == [RAUNI]
    with events.looking(OFFICER, action="log.search"):
        assert Use.objects.count() == 2
    with transaction.atomic(), connection.cursor() as sql:
        sql.execute("SELECT set_config('luotsi.kind', '', true), set_config('role', 'luotsi_app', true)")
        assert not Use.objects.exists(), "nobody is told anything where nobody looks"
        sql.execute("SELECT set_config('role', 'none', true)")
