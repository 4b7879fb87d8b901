"""The catalogue on the shelf: complete in three languages, fitting together, and with no real local number in it."""

import re
from datetime import date

import pytest

from luotsi.base import shelf
from luotsi.base.text import LANGUAGES
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.actions import ways
from luotsi.domain.catalogue.definitions import Place, Service
from luotsi.domain.catalogue.models import OpeningHours
from luotsi.domain.catalogue.rules import Hours, is_open
from luotsi.domain.catalogue.rules.hours import Exceptional, Weekly
from luotsi.domain.organisation.definitions import county, municipality_names
from luotsi.domain.questionnaires.definitions import questionnaires

SERVICES = definitions.services()
PLACES = definitions.places()
INVENTED = re.compile(r"08 000 0\d{3}")
NATIONAL = {"112", "116 117", "080 005 005", "0800 900 45", "0800 147 111"}
NATIONAL |= {"09 2525 0111", "09 2525 0112", "09 2525 0113"}

each_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
each_place = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)


def test_there_are_enough_services_for_the_finder_to_choose_from() -> None:
    assert len(SERVICES) >= 34


@each_service
def test_a_service_is_written_in_three_languages(service: Service) -> None:
    texts = [
        service.name,
        service.summary,
        service.description,
        service.user_instruction,
        service.next_steps,
        service.cost,
    ]
    texts += [way.note for way in service.ways_in if way.note.fi]
    assert all(text.is_complete for text in texts)
    for text in texts[:5]:
        assert len({text.fi, text.sv, text.en}) == 3


@each_service
def test_a_service_has_everyday_words_in_each_language(service: Service) -> None:
    for language in LANGUAGES:
        assert 1 <= len(service.words.in_language(language)) <= 12


@each_service
def test_a_summary_fits_a_result_list_and_a_description_explains(service: Service) -> None:
    for language in LANGUAGES:
        assert len(service.summary.in_language(language)) <= 160
        assert 200 <= len(service.description.in_language(language)) <= 900


@each_service
def test_a_service_points_at_what_exists(service: Service) -> None:
    assert set(service.units) <= set(PLACES)
    assert set(service.municipalities) <= set(municipality_names()) or service.municipalities == "all"
    assert not service.case_kind or (shelf.ROOT / "case_kinds" / f"{service.case_kind}.yaml").exists()
    assert all(re.fullmatch(r"P\d+(\.\d+)?", code) for code in service.service_class)


@each_service
def test_every_municipality_of_the_service_is_served_by_one_of_its_places(service: Service) -> None:
    served = {municipality for unit in service.units for municipality in _serves(PLACES[unit])}
    wanted = set(municipality_names()) if service.municipalities == "all" else set(service.municipalities)
    assert not service.units or wanted <= served


@each_service
def test_phone_numbers_are_invented_or_national(service: Service) -> None:
    for way in service.ways_in:
        assert not way.phone or INVENTED.fullmatch(way.phone) or way.phone in NATIONAL


@each_place
def test_a_place_belongs_to_a_unit_with_an_invented_number(place: Place) -> None:
    unit = next(unit for unit in county().units if unit.key == place.unit)
    assert INVENTED.fullmatch(unit.phone)
    assert place.name.is_complete
    assert set(_serves(place)) <= set(municipality_names())
    assert unit.municipality in ("", place.municipality)


@each_place
def test_a_place_lies_in_kainuu(place: Place) -> None:
    """ETRS-TM35FIN metres; Kainuu lies within these."""
    assert place.northing is not None
    assert place.easting is not None
    assert 7_060_000 < place.northing < 7_260_000
    assert 480_000 < place.easting < 670_000


@each_place
def test_the_hours_examples_hold(place: Place) -> None:
    rows = [*ways.weekly(place.hours), *ways.exceptional(place.exceptions)]
    hours = Hours(
        weekly=tuple(_weekly(row) for row in rows if row.kind == "weekly"),
        exceptional=tuple(_exceptional(row) for row in rows if row.kind == "exceptional"),
    )
    assert place.examples
    for example in place.examples:
        assert is_open(hours, example.at) is example.open, example


def test_the_guidance_desk_is_there_to_fall_back_on() -> None:
    assert definitions.GUIDANCE in SERVICES


def test_life_themes_name_services_that_exist_and_leave_few_out() -> None:
    named = {key for theme in definitions.themes() for key in theme.services}
    assert len(definitions.themes()) == 10
    assert named <= set(SERVICES)
    assert set(SERVICES) - named <= {definitions.GUIDANCE, "intimate-partner-violence", "complaint"}
    assert all(text.is_complete for theme in definitions.themes() for text in (theme.name, theme.summary))


@pytest.mark.parametrize("theme", definitions.themes(), ids=lambda theme: theme.key)
def test_every_need_of_a_theme_leads_to_services_by_names_and_codes_that_exist(theme: definitions.Theme) -> None:
    assert 3 <= len(theme.needs) <= 8
    assert len({need.key for need in theme.needs}) == len(theme.needs)
    notices = {notice.key for notice in definitions.safety_notices()}
    for need in theme.needs:
        assert need.name.is_complete, need.key
        assert need.services or need.classes or need.life_events, need.key
        assert set(need.services) <= set(SERVICES), need.key
        assert all(re.fullmatch(r"P\d+(\.\d+)?", code) for code in need.classes), need.key
        assert all(re.fullmatch(r"KE\d+(\.\d+)?", code) for code in need.life_events), need.key
        assert need.notice in {"", *notices}


def test_whoever_may_be_in_danger_at_home_reads_the_notice_first() -> None:
    needs = [need for theme in definitions.themes() for need in theme.needs]
    assert {need.notice for need in needs if "intimate-partner-violence" in need.services} == {"violence"}


def test_safety_notices_are_complete_and_call_national_numbers() -> None:
    for notice in definitions.safety_notices():
        assert notice.name.is_complete
        assert notice.message.is_complete
        assert "112" in {contact.phone for contact in notice.contacts}
        assert {contact.phone for contact in notice.contacts} <= NATIONAL
        assert all(notice.words.in_language(language) for language in LANGUAGES)
        assert {example.shows for example in notice.examples} >= {True}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"age_from": 30, "age_to": 20}, "`age_to` is below `age_from`"),
        ({"case_kind": ""}, "nobody would receive the form"),
        ({"units": ()}, "a phone without a number needs `units`"),
        ({"ways_in": ()}, "at least 1 item"),
        ({"ways_in": ({"kind": "web", "url": "http://a"},)}, "a web way in needs"),
        ({"ways_in": ({"kind": "phone", "phone": "1", "hours": ["måndag 8-16"]},)}, "write hours as"),
    ],
)
def test_a_service_that_cannot_work_is_refused_in_a_sentence(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        Service.model_validate(SERVICES["physiotherapy"].model_dump(exclude_defaults=True) | change)


def _serves(place: Place) -> tuple[str, ...]:
    return tuple(municipality_names()) if place.serves == "all" else place.serves


def _weekly(row: OpeningHours) -> Weekly:
    return Weekly(row.weekday, row.opens, row.closes, row.on_holidays)


def _exceptional(row: OpeningHours) -> Exceptional:
    return Exceptional(row.first_day, row.last_day, row.opens, row.closes)


def test_a_form_that_a_service_or_a_kind_of_matter_names_exists_is_in_force_and_fits() -> None:
    known, at = questionnaires(), date(2026, 11, 22)
    named = [(one.key, form) for one in SERVICES.values() for form in one.forms]
    assert {"contraception", "oral_65", "need_health", "need_family"} <= {form for _, form in named}
    for service, key in named:
        assert key in known, f"content/services/{service} names the form {key!r}, which is not on the shelf"
        form = known[key]
        assert form.audience in {"resident", "both"}, service
        assert not form.is_anonymous, service
        assert (form.valid_from or at) <= at <= (form.valid_to or at), service
    for kind in case_kinds().values():
        for key in kind.fitting_forms:
            follows = known[key].follows_matter
            assert follows or known[key].register in {"", kind.register}, "what is answered in one is read in no other"
            assert known[key].audience in {"resident", "staff", "both"}
