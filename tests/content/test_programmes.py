"""The programmes on the shelf: nothing of the sources is missing, their money and targets are as printed."""

import re
from collections.abc import Iterator

import pytest

from luotsi.base import shelf
from luotsi.base.text import Text
from luotsi.domain.organisation.definitions import unit_names
from luotsi.domain.programmes import rules
from luotsi.domain.programmes.definitions import Budget, Part, Programme, Status, parts_of, programme, programmes

# The money table as source document 001 prints it, line by line, without its heads.
HELLA_PRINTED = """
Henkilöstömenot, joista 132 731 99 153 332 670 290 565 807 210 257 640 907 690 2 180 301 1 532 943
Projektiin palkattu henkilöstö 82 931 53 886 297 170 252 069 712 210 239 050 835 460 1 927 771 1 382 766
Työpanoksen siirto 49 800 45 267 35 500 38 496 95 000 18 590 72 230 252 530 150 177
Palvelujen ostot yhteensä, josta 212 170 152 449 486 560 399 474 1 041 470 47 458 444 290 2 184 490 1 585 109
Asiantuntijapalvelut 203 170 151 037 459 060 386 845 997 990 43 439 394 870 2 055 090 1 473 770
Matkustus- ja majoituskustannukset 6 000 189 18 000 1 645 29 170 429 33 600 86 770 84 507
Koulutuspalvelut 2 000 0 6 000 5 291 7 230 1 286 8 400 23 630 17 054
Muut palvelujen ostot 1 000 1 223 3 500 5 693 7 080 2 304 7 420 19 000 9 780
Aineet, tarvikkeet ja tavarat 1 400 2 187 5 400 888 5 810 2 751 4 235 16 845 11 020
Vuokrat 5 000 2 051 15 000 8 550 33 030 6 195 33 600 86 630 69 834
Muut menot 280 000 280 000 560 000 560 000
Investointimenot yhteensä, josta 4 000 0 1 000 0 4 000 0 0 9 000 9 000
Aineettomat hyödykkeet
Koneet ja kalusto 4 000 0 1 000 0 4 000 0 9 000 9 000
Muut investointimenot
Menot yhteensä = kokonaiskustannukset 355 301 255 840 840 630 699 477 2 171 520 314 043 1 669 815 5 037 266 400 455
LAPE muutosohjelman osuus menoista 47 690 18 201 195 700 139 136 129 730 76 174 201 601 574 721 341 210
Haettava valtionavustus 355 301 255 840 840 630 699 477 2 171 520 314 043 1 669 815 5 037 266 3 767 906
"""
# A few words of each part's status, some of them easy to lose.
SAID = (
    "Kajaaniin perustettu virtuaalitiimi", "Yksikön tilanne vs. toimintamalli", "käyttöönotettu Kuhmossa 6/22",
    "jonotilanne 1 022 (Kuhmossa jonoa 66", "Kerralla kuntoon –pilotti", "Avainhenkilömallista luovuttu",
    "IPC 22 + 10v sitten koulutettu 4", "Terapia- ja interventionavigaattorit", "HELLÄsti huoli puheeksi",
    "Kehittäminen hankkeessa päättyy 9/2022", "implementaatio 2023", "Konsultaatiotuntien aloittaminen",
    "Yhteistyö YTHS:n kanssa", "Tavoitteena viisi tapaamista",
)  # fmt: skip
SOITE_YEARS = {
    "oral-wait": (150, 120, 100, 90),
    "child-assessment-90-days": (90, 94, 97, 100),
    "child-clinic-doctor": (80, 90, 95, 100),
    "lene-in-time": (90, 95, 97, 100),
    "mental-guarantee": (85, 90, 95, 100),
    "substance-guarantee": (85, 90, 95, 100),
    "digital-share": (10, 25, 30, 45),
    "digital-forms-share": (10, 25, 30, 45),
    "omaolo-services": (5, 23, 33, 33),
    "low-threshold-groups": (5, 7, 9, 12),
}
SOITE_QUARTERS = {
    "first-visit-within-7-days": ("4/2025", 80),
    "social-limits": ("1/2023", 100),
    "guarantee-monitoring": ("4/2025", 100),
    "guarantee-monitoring-tools": ("4/2025", 100),
}


@pytest.mark.parametrize("key", sorted(programmes()))
def test_everybody_responsible_is_a_role_of_the_programme(key: str) -> None:
    plan = programme(key)
    roles = {role.key for role in plan.roles}

    assert all(set(part.responsible) <= roles for part in parts_of(key))
    assert all(set(risk.responsible) <= roles for risk in plan.risks)
    assert [role.key for role in plan.roles if not role.name.is_complete] == []


def test_every_part_of_hella_has_its_status() -> None:
    for part in parts_of("hella"):
        assert isinstance(part.status, Status)
        texts = (part.status.overall, part.status.achieved, part.status.still_to_do, part.status.deviations_risks)
        assert all(texts), part.key


def test_the_words_of_the_status_are_the_sources() -> None:
    said = " ".join(text for part in parts_of("hella") for text in _texts(part))
    for words in SAID:
        assert words in said, words


def test_the_readings_of_the_method_are_all_there() -> None:
    part = next(part for part in parts_of("hella") if part.key == "hella-psychosocial-methods")
    assert part.status is not None
    assert part.status.figures is not None
    values = {one.key.removeprefix("ipc-"): int(one.value) for one in part.status.figures.values}

    assert values == {
        "answers": 27, "from-comprehensive": 74, "from-upper": 15, "from-vocational": 11, "completed": 81,
        "interrupted": 19, "no-further-need": 39, "referred": 15, "benefit": 87,
    }  # fmt: skip


def test_the_reception_model_stands_unit_by_unit() -> None:
    part = parts_of("hella")[0]
    states = {unit.unit: unit.state for unit in part.models[0].units}

    assert states == {
        "sotkamo": "in_use", "kajaani-virtuaalitiimi": "in_use", "kuhmo": "partly", "suomussalmi": "partly",
        "paltamo": "starting", "ristijarvi": "starting", "hyrynsalmi": "starting", "kajaani-hva": "unknown",
    }  # fmt: skip
    units = {unit.unit for part in parts_of("hella") for model in part.models for unit in model.units}
    assert units <= set(unit_names())


def test_risks_carry_measures_and_marks() -> None:
    risks = programme("hella").risks

    assert [risk.name.fi for risk in risks] == [
        "Aikataulu", "Viestintä", "Henkilöstö", "Hallinnointi", "Sitoutuminen", "Hankkeen toimenpiteet",
        "Taloudelliset riskit",
    ]  # fmt: skip
    marks = [mark.mark for risk in risks for state in risk.states for mark in state.marks]
    assert (marks.count("+"), marks.count("-")) == (9, 11)
    assert all(risk.measures and risk.name.is_complete for risk in risks)


def test_the_money_of_hella_is_as_printed() -> None:
    budget = _budget("hella")
    figures = [
        (row.name.fi, "".join(str(value) for value in row.stated if value is not None)) for _, row in budget.walk()
    ]

    assert figures == [_line(line) for line in HELLA_PRINTED.strip().splitlines()]


def test_hella_has_exactly_one_wrong_figure() -> None:
    compared = rules.compare(_budget("hella"))
    (found,) = compared.disagreements

    assert (found.row.key, found.column.key, found.cell.stated, found.cell.computed) == (
        "total",
        "left",
        400455,
        3767906,
    )
    assert found.cell.difference == 3367451
    assert found.cell.explanation is not None
    assert found.cell.explanation.is_complete
    verdicts = {cell.verdict for row in compared.rows for cell in row.cells.values()}
    assert verdicts == {"agrees", "rounding", "disagrees"}


def test_what_is_left_adds_up_downwards_too() -> None:
    """The lines' own figures left sum to what the grant prints: the total alone is wrong."""
    budget = _budget("hella")
    left = [column.key for column in budget.columns].index("left")

    assert sum(row.stated[left] or 0 for row in budget.rows) == 3767906
    for row in budget.rows:
        if row.rows:
            assert abs(sum(child.stated[left] or 0 for child in row.rows) - (row.stated[left] or 0)) <= 2


def test_the_person_years_of_soite_disagree_as_the_source_does() -> None:
    compared = rules.compare(_budget("soite-growth"))
    found = [
        (one.row.key, one.column.key, float(one.cell.stated or 0), float(one.cell.computed))
        for one in compared.disagreements
    ]

    assert found == [
        ("investment-4", "2022_person_years", 1.26, 1.17),
        ("total", "2022_person_years", 15.69, 15.01),
    ]
    totals = {row.key: row.cells["2022_plan"].computed for row in compared.rows if row.level == 0}
    assert totals == {"investment-1": 950000, "investment-2": 100000, "investment-4": 254000, "total": 1304000}


def test_the_target_table_of_soite_is_whole() -> None:
    targets = {target.key: target for target in programme("soite-growth").targets}
    years = {key: tuple(int(goal.value or 0) for goal in targets[key].by_year.values()) for key in SOITE_YEARS}
    quarters = {key: next(iter(targets[key].by_quarter.items())) for key in SOITE_QUARTERS}

    assert years == SOITE_YEARS
    assert {key: (when, goal.value) for key, (when, goal) in quarters.items()} == SOITE_QUARTERS
    assert [goal.over for goal in targets["digital-share"].by_year.values()] == [True, True, True, False]
    assert {year: goal.value for year, goal in targets["change-coaching-units"].by_year.items()} == {2022: 15, 2023: 15}
    assert {target.part for target in targets.values()} == {part.key for part in parts_of("soite-growth")}


@pytest.mark.parametrize("key", sorted(programmes()))
def test_names_are_in_three_languages_and_places_hold(key: str) -> None:
    plan = programme(key)
    parts = {part.key for part in parts_of(key)}

    assert [text.fi for text in _names(plan) if not text.is_complete] == []
    assert [target.key for target in plan.targets if target.part not in parts] == []
    keys = [target.key for target in plan.targets]
    assert len(keys) == len(set(keys))


def test_targets_name_indicators_of_the_shelf() -> None:
    named = {target.indicator for plan in programmes().values() for target in plan.targets if target.indicator}
    on_shelf = {key for path in (shelf.ROOT / "indicators").rglob("*.yaml") for key in _keys(path.read_text("utf-8"))}

    assert {"care_within_limit", "care_within_7_days", "oral_wait_days", "digital_share"} <= named
    assert named <= on_shelf


def test_each_disagreement_is_explained_in_three_languages() -> None:
    for budget in (plan.budget for plan in programmes().values() if plan.budget):
        for found in rules.compare(budget).disagreements:
            assert found.cell.explanation is not None, found.row.key
            assert found.cell.explanation.is_complete


def _texts(part: Part) -> Iterator[str]:
    assert part.status is not None
    for lines in (part.status.overall, part.status.achieved, part.status.still_to_do, part.status.deviations_risks):
        for line in lines:
            yield from (text for _, text in line.walk())


def _names(plan: Programme) -> Iterator[Text]:
    yield from (plan.name, plan.short, plan.funder, plan.county_name, plan.source.document)
    yield from (target.name for target in plan.targets)
    yield from (risk.name for risk in plan.risks)
    for part in parts_of(plan.key):
        yield part.name
        yield from (model.name for model in part.models)
    if plan.budget:
        yield from (row.name for _, row in plan.budget.walk())
        yield from (column.name for column in plan.budget.columns)


def _budget(key: str) -> Budget:
    budget = programme(key).budget
    assert budget is not None
    return budget


def _line(printed: str) -> tuple[str, str]:
    """A printed line as its name and the digits of its figures: a space parts thousands and figures alike."""
    found = re.match(r"(\D+?)((?: \d[\d ]*)?)$", printed)
    assert found
    return found[1].strip(), found[2].replace(" ", "")


def _keys(text: str) -> list[str]:
    return re.findall(r"^key: *(\S+)", text, re.MULTILINE)
