"""The five plans on the shelf: goals, measures, target groups, boundaries, risks and dated rounds as printed."""

from collections import Counter
from decimal import Decimal

import pytest

from luotsi.domain.programmes import rules
from luotsi.domain.programmes.definitions import Measure, Part, Pilot, ProgrammeGoal, parts_of, programme, programmes

# Source document 000, the measures of the three investments with the state that their words tell.
KAINUU = {
    1: {"done": 3, "going": 9, "not_started": 1},
    2: {"going": 2, "stopped": 1},
    4: {"done": 1, "going": 3, "late": 3, "not_started": 1, "stopped": 1},
}
# Source document 004: the sub-goals of each benefit goal, and the days on which it looked at itself.
SUB_GOALS = {
    1: ("1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8"),
    2: ("2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "2.9", "2.10"),
    3: ("3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9"),
    4: ("4.1", "4.2", "4.3", "4.4", "4.5"),
}
ROUNDS = ("2020-11-12", "2021-05-15", "2021-11-15")
UNTOLD = {("1.3", "2021-05-15"), ("3.7", "2021-11-15")}  # the source says nothing of these on these days
# Source document 002, chapter 2: whole group and those aimed at; None where the source gives no number.
GROUPS = {
    "population": (67988, 62000), "clients": (78000, 78000), "vulnerable": (None, None), "staff": (3800, 3800),
    "school-clients": (2670, 2670), "school-workers": (23, 23), "panel": (20, 10), "experts": (20, 10),
    "municipalities": (8, 8), "organisations": (100, 70), "students": (330, 100), "careers": (160, 100), "tkio": (5, 5),
}  # fmt: skip
# Source document 002, chapter 1: its tables, row by row.
NEED = {
    ("adult-psychiatry", "patients"): (1050, 1110, 1168),
    ("adult-psychiatry", "visits"): (29107, 33309, 35689),
    ("adult-psychiatry", "referrals"): (1803, 2050, 2455),
    ("substance-rehabilitation", "clients"): (859, 865, 807),
    ("substance-rehabilitation", "visits"): (5932, 7263, 7959),
    ("opioid-substitution", "clients"): (48, 66, 87),
    ("opioid-substitution", "outside-clients"): (34, 39, 31),
    ("opioid-substitution", "visits"): (7517, 7555, 8220),
    ("child-welfare", "notices"): (2331, 2438, 3085),
    ("child-welfare", "handling-days"): (4.12, 4.16, 4.78),
    ("child-welfare", "assessed-in-time"): (698, 810, 643),
    ("child-welfare", "assessed"): (788, 896, 760),
    ("school-nurses", "clients"): (84, 220, 90),
    ("school-nurses", "visits"): (199, 680, 183),
    ("child-clinics", "patients"): (7953, 7397, 6736),
    ("child-clinics", "visits"): (21907, 21358, 19842),
}
SAID = {
    "kestava-kasvu-kainuu": ("kysely (n=404)", "n=6 /26", "markkinaoikeuden käsittely", "300 +", "10/14/24", "n=105"),
    "osaksi": ("TOLOKUSTI", "GAS-menetelmä", "herätteet", "sosiaalinen työllistäminen", "ICF-luokitus"),
    "siun-sote": ("27", "67 työntekijää", "10 terveysasemalla", "12 terveysasemalla", "Siun soten Kulkuri", "Big room"),
    "soite-growth": (
        "15,69 henkilötyövuotta",
        "9-12 digihoitopolkua",
        "Kansa-koulu",
        "Tietokeskustelut",
        "viestintäkortteja",
    ),
}


def part(key: str, order: int) -> Part:
    return next(one for one in parts_of(key) if one.order == order)


def leaves(goals: tuple[ProgrammeGoal, ...]) -> list[ProgrammeGoal]:
    return [goal for top in goals for _, goal in top.walk() if not goal.goals]


def measures(key: str) -> list[Measure]:
    return [measure for one in parts_of(key) for measure in one.measures]


def pilots(key: str) -> dict[str, Pilot]:
    return {pilot.key: pilot for one in parts_of(key) for pilot in one.pilots}


def test_all_five_documents_stand_as_programmes() -> None:
    documents = {plan.source.document.fi[:19]: key for key, plan in programmes().items()}

    assert documents == {
        "Lähdeasiakirja 000 ": "kestava-kasvu-kainuu", "Lähdeasiakirja 001 ": "hella",
        "Lähdeasiakirja 002 ": "soite-growth", "Lähdeasiakirja 003 ": "osaksi", "Lähdeasiakirja 004 ": "siun-sote",
    }  # fmt: skip


@pytest.mark.parametrize("order", sorted(KAINUU))
def test_the_measures_of_kainuu_stand_with_their_states(order: int) -> None:
    found = Counter(measure.state for measure in part("kestava-kasvu-kainuu", order).measures)

    assert found == KAINUU[order]


def test_what_is_late_stopped_or_not_begun_for_a_cause_says_why() -> None:
    why = {m.key: m.standings[-1].reason for m in measures("kestava-kasvu-kainuu") if m.state in ("late", "stopped")}

    assert why == {
        "psop": "Organisoitumisen keskeneräisyys, henkilöresurssit",
        "digital-board": "Aikataulu – ei olisi ehdítty toteuttaa hankkeen aikana",
        "chatbot": "Hankinta pysähtyy, markkinaoikeuden käsittely",
        "client-application": "Rekrytointiongelma",
        "live-feedback": "Rekrytointiongelma",
    }


def test_the_money_of_kainuu_is_the_one_printed_sum() -> None:
    budget = programme("kestava-kasvu-kainuu").budget
    assert budget is not None
    compared = rules.compare(budget)

    assert {row.key: row.cells["2022_plan"].stated for row in compared.rows} == {"total": 1346190, "grant": 1346190}
    assert compared.disagreements == ()


def test_the_reach_of_kainuus_communication_is_as_printed() -> None:
    plan = programme("kestava-kasvu-kainuu").communication
    assert plan is not None
    assert {one.key: int(one.value) for one in plan.reach} == {"facebook-updates": 55, "site-views": 1240, "blogs": 7}


def test_osaksi_has_its_goals_measures_and_results() -> None:
    plan = programme("osaksi")

    assert [len(goal.goals) for goal in plan.goals] == [4, 1, 4]
    assert [len(part("osaksi", order).measures) for order in (1, 2)] == [10, 2]
    results = [line for one in parts_of("osaksi") for s in one.sections if s.kind == "results" for line in s.text]
    effects = [line for one in parts_of("osaksi") for s in one.sections if s.kind == "effects" for line in s.text]
    assert (len(results), len(effects), len(plan.risks)) == (7, 4, 7)
    assert [(phase.begins.isoformat(), phase.ends.isoformat()) for phase in plan.phases] == [
        ("2020-10-01", "2022-12-31")
    ]


def test_the_people_of_kainuu_add_up() -> None:
    (table,) = programme("osaksi").figures

    assert table.value("kainuu", "2018") == 73061
    assert rules.sums(table) == {"kainuu": (Decimal(73061),)}


@pytest.mark.parametrize("order", sorted(SUB_GOALS))
def test_every_sub_goal_of_siun_sote_tells_how_it_stood_on_each_round(order: int) -> None:
    found = {goal.number: [str(one.day) for one in goal.standings] for goal in leaves(part("siun-sote", order).goals)}

    assert tuple(found) == SUB_GOALS[order]
    for number, days in found.items():
        assert days == [day for day in ROUNDS if (number, day) not in UNTOLD], number


def test_the_rounds_of_siun_sote_are_the_days_its_goals_tell_of() -> None:
    assert [str(one.day) for one in programme("siun-sote").rounds] == list(ROUNDS)


def test_each_measured_sub_goal_of_siun_sote_has_its_lines() -> None:
    plan = programme("siun-sote")
    by_goal = Counter(target.goal for target in plan.targets)

    numbers = {number for order in SUB_GOALS for number in SUB_GOALS[order]}
    assert set(by_goal) == numbers - {"2.10", "3.7", "3.8", "3.9"}  # the source gives these no measure
    assert (len(plan.targets), sum(target.unit == "yes_no" for target in plan.targets)) == (37, 31)
    dated = {target.key: list(target.by_month) for target in plan.targets if target.by_month}
    assert dated == {"web-shop": ["2021-09"], "team-social-guidance": ["2021-01"], "team-social-work": ["2021-01"]}


def test_an_entered_answer_names_where_it_was_read() -> None:
    entered = [(target.key, one) for target in programme("siun-sote").targets for one in target.entered]

    assert {key: one.words for key, one in entered}["web-shop"] == "ei"
    assert all(one.source and one.words in ("kyllä", "ei") for _, one in entered)


def test_the_pilots_of_siun_sote_end_in_a_decision_with_its_reason() -> None:
    found = pilots("siun-sote")
    stopped = {key for key, pilot in found.items() if pilot.decision == "stop"}

    assert len(found) >= 20
    assert stopped == {
        "remote-diagnostics", "psychiatric-remote-group", "substance-remote-group", "photo-transfer", "video-triage",
        "onerva-travel-book", "home-care-consultation", "meruhealth",
    }  # fmt: skip
    assert all(pilot.reason for pilot in found.values() if pilot.decision in ("stop", "continue", "spread"))
    assert all(pilot.name.is_complete and pilot.standings for pilot in found.values())
    numbers = {number for order in SUB_GOALS for number in SUB_GOALS[order]}
    assert {pilot.goal for pilot in found.values()} <= numbers


def test_soites_measures_stand_by_investment_with_months_and_who() -> None:
    assert [len(part("soite-growth", order).measures) for order in (1, 2, 3, 4)] == [40, 12, 7, 39]
    assert [measure.key for measure in measures("soite-growth") if measure.period is None] == []
    assert all(measure.carried_out_by and "itse" in measure.carried_out_by[0] for measure in measures("soite-growth"))
    for measure in measures("soite-growth"):
        assert measure.period is not None
        assert "2022-01" <= measure.period.first <= measure.period.last <= "2025-12", measure.key


def test_soites_target_groups_are_as_printed() -> None:
    found = {one.key: (one.total.number, one.aimed.number) for one in programme("soite-growth").target_groups}
    students = next(one for one in programme("soite-growth").target_groups if one.key == "students")

    assert found == GROUPS
    assert (students.total.number, students.total.until) == (330, 410)


def test_soites_boundaries_and_risks_are_all_there() -> None:
    plan = programme("soite-growth")

    assert len(plan.boundaries) == 12
    assert [(len(risk.consequences), len(risk.measures)) for risk in plan.risks] == [
        (5, 7), (3, 4), (7, 4), (4, 5), (3, 6), (1, 1),
    ]  # fmt: skip
    assert all(risk.responsible and risk.name.is_complete for risk in plan.risks)


def test_the_figures_of_the_need_are_as_printed_and_the_texts_changes_follow() -> None:
    tables = {table.key: table for table in programme("soite-growth").figures}
    found = {
        (key, row.key): tuple(float(v or 0) for v in row.values) for key, table in tables.items() for row in table.rows
    }
    checked = [one for table in tables.values() for one in rules.check_claims(table)]

    assert found == {place: tuple(map(float, values)) for place, values in NEED.items()}
    assert {one.claim.row: (int(one.claim.stated), one.agrees) for one in checked} == {
        "notices": (754, True), "patients": (-1217, True), "visits": (-2065, True),
    }  # fmt: skip


@pytest.mark.parametrize("key", sorted(SAID))
def test_words_that_are_easy_to_lose_are_kept(key: str) -> None:
    whole = str(programme(key)) + "".join(str(one) for one in parts_of(key))

    assert [words for words in SAID[key] if words not in whole] == []


@pytest.mark.parametrize("key", sorted(programmes()))
def test_no_key_stands_twice_in_a_programme(key: str) -> None:
    keys = [measure.key for measure in measures(key)] + [f"pilot {pilot}" for pilot in pilots(key)]
    keys += [f"part {one.key}" for one in parts_of(key)]

    assert [name for name, times in Counter(keys).items() if times > 1] == []


@pytest.mark.parametrize("key", sorted(programmes()))
def test_no_address_of_a_closed_system_is_kept(key: str) -> None:
    whole = str(programme(key)) + "".join(str(one) for one in parts_of(key))

    assert "sharepoint" not in whole
    assert "teams.microsoft" not in whole
