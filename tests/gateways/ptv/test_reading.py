"""PTV's answers from a folder: what they tell, the awkward ones too, and what is wrong with those that tell nothing."""

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luotsi.base.text import LANGUAGES, Language
from luotsi.domain.catalogue.definitions import intake_faults
from luotsi.domain.catalogue.ports import Fault, Told, ToldChannel, ToldHours, ToldService
from luotsi.gateways.ptv import read_folder
from tests.factories import ptv

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["Published", "fi", "08:00:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "id", "code"]), inner),
    max_leaves=6,
)


def told(folder: Path, *entities: Any, name: str = "all") -> Told:
    (folder / f"{name}.json").write_text(json.dumps(list(entities)), "utf-8")
    return read_folder(folder)


def only_channel(folder: Path, **more: Any) -> ToldChannel:
    (channel,) = told(folder, ptv.channel("Linja", **more)).channels
    return channel


def only_service(folder: Path, *others: Any, **more: Any) -> ToldService:
    (service,) = told(folder, ptv.service("Palvelu", **more), *others).services
    return service


def test_a_service_is_told_with_its_texts_words_codes_and_provider(tmp_path: Path) -> None:
    service = only_service(tmp_path, ptv.organization("Kainuun hyvinvointialue"))
    assert (service.name.fi, service.summary.fi, service.cost.sv) == ("Palvelu", "Palvelu auttaa.", "Avgiftsfri.")
    assert service.words == {"fi": ("masennus",), "sv": ("depression",), "en": ()}
    assert (service.service_class, service.audience, service.life_events) == (("P5.7",), ("KR1.2",), ())
    assert service.municipalities == ("205", "765")
    assert service.provider.sv == "Kainuun hyvinvointialue på svenska"


def test_the_texts_of_its_general_description_come_after_its_own(tmp_path: Path) -> None:
    general = ptv.general("Pohja", fi="Yleinen kuvaus.", sv="Allmän beskrivning.")
    service = only_service(tmp_path, general, generalDescriptionId=ptv.number("Pohja"))
    assert service.description.fi == "Palvelu: kuvaus.\n\nYleinen kuvaus."
    assert service.description.sv == "Allmän beskrivning."


def test_what_is_not_published_or_not_for_all_is_not_told(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        ptv.service("Luonnos", publishingStatus="Draft"),
        ptv.channel("Sisäinen", isVisibleForAll=False),
        ptv.channel("Vanha", publishingStatus="Deleted"),
    )
    assert (found.services, found.channels, found.faults) == ((), (), ())


@pytest.mark.parametrize(
    ("northing", "easting", "metres", "is_faulty"),
    [
        ("7125000.5", "536000.1", (7_125_000.5, 536_000.1), False),
        ("64.2240", "27.7334", (7_122_793.0, 535_570.0), False),
        ("27.7334", "64.2240", None, True),
        ("", "", None, False),
    ],
    ids=["metres", "degrees", "degrees the wrong way round", "none"],
)
def test_coordinates_are_metres_of_finland(
    tmp_path: Path, northing: str, easting: str, metres: tuple[float, float] | None, is_faulty: bool
) -> None:
    found = told(tmp_path, ptv.channel("Talo", "ServiceLocation", addresses=[ptv.street(northing, easting)]))
    (place,) = found.channels[0].places
    assert (place.street, place.postcode, place.municipality) == ("Sairaalatie 1", "87140", "205")
    if metres:
        assert place.northing == pytest.approx(metres[0], abs=1_500)
        assert place.easting == pytest.approx(metres[1], abs=1_500)
    else:
        assert place.northing is place.easting is None
    assert [fault.stops for fault in found.faults] == ([False] if is_faulty else [])


def test_a_place_without_an_address_is_told_without_one(tmp_path: Path) -> None:
    channel = only_channel(tmp_path, serviceChannelType="ServiceLocation", addresses=None)
    assert channel.places == ()


def test_numbers_are_written_as_they_are_dialled(tmp_path: Path) -> None:
    numbers = [
        ptv.phone("8 1234 567"),
        ptv.phone("116 117", prefixNumber=None, isFinnishServiceNumber=True),
        ptv.phone("116117"),
        ptv.phone("040-123 45 67 (vaihde)"),
        ptv.phone("8 765 432", prefixNumber="+46"),
    ]
    channel = only_channel(tmp_path, phoneNumbers=numbers)
    assert [number for _, number in channel.phones] == [
        "08 1234 567", "116 117", "116117", "040 123 45 67", "+46 8 765 432",
    ]  # fmt: skip


def test_a_number_of_one_language_says_so_where_others_have_their_own(tmp_path: Path) -> None:
    numbers = [ptv.phone("8 1", language="fi"), ptv.phone("8 2", language="sv"), ptv.phone("8 2", language="en")]
    assert only_channel(tmp_path, phoneNumbers=numbers).phones == (("fi", "08 1"), ("", "08 2"))


def weekly(*days: int, opens: int = 8, closes: int = 16) -> tuple[ToldHours, ...]:
    return tuple(ToldHours("weekly", day, time(opens), time(closes)) for day in days)


def test_hours_from_day_to_day_and_of_one_day(tmp_path: Path) -> None:
    rows = [
        ptv.week("Monday", "Wednesday", "08:00:00", "16:00:00"),
        ptv.week("Saturday", "", "10:00:00", "14:00:00"),
        ptv.week("Sunday", "Monday", "20:00:00", "24:00:00"),
    ]
    assert only_channel(tmp_path, serviceHours=rows).hours == (
        *weekly(0, 1, 2), *weekly(5, opens=10, closes=14), *weekly(6, 0, opens=20, closes=0),
    )  # fmt: skip


def test_hours_past_midnight_belong_to_the_day_they_begin(tmp_path: Path) -> None:
    row = ptv.week("Friday", "Saturday", "20:00:00", "04:00:00", serviceHourType="OverMidnight")
    assert only_channel(tmp_path, serviceHours=[row]).hours == weekly(4, opens=20, closes=4)


def test_always_open_closed_and_by_agreement(tmp_path: Path) -> None:
    always = ptv.week("", "", "", "", isAlwaysOpen=True, openingHour=[])
    agreed = ptv.week("Monday", "Friday", "08:00:00", "16:00:00", isReservation=True)
    assert only_channel(tmp_path, serviceHours=[always]).hours == (ToldHours("always"),)
    assert only_channel(tmp_path, serviceHours=[agreed]).hours == ()


def test_an_exceptional_closing_is_told_by_its_days(tmp_path: Path) -> None:
    closed = ptv.week(
        "", "", "", "", serviceHourType="Exceptional", isClosed=True, openingHour=None,
        validFrom="2026-12-24T00:00:00Z", validTo="2026-12-26T00:00:00Z",
    )  # fmt: skip
    regular = ptv.week("Monday", "Monday", "08:00:00", "16:00:00")
    hours = only_channel(tmp_path, serviceHours=[regular, closed]).hours
    assert hours[1:] == (ToldHours("exceptional", first_day=date(2026, 12, 24), last_day=date(2026, 12, 26)),)


def test_hours_that_hold_for_a_time_stand_instead_of_the_others_on_those_days(tmp_path: Path) -> None:
    summer = ptv.week(
        "Monday", "Monday", "09:00:00", "12:00:00", validForNow=False,
        validFrom="2026-06-28T00:00:00", validTo="2026-06-30T00:00:00",
    )  # fmt: skip
    sunday, monday, tuesday = (date(2026, 6, day) for day in (28, 29, 30))
    assert only_channel(tmp_path, serviceHours=[summer]).hours == (
        ToldHours("exceptional", None, None, None, sunday, sunday),
        ToldHours("exceptional", None, time(9), time(12), monday, monday),
        ToldHours("exceptional", None, None, None, tuesday, tuesday),
    )


def test_only_addresses_that_lead_somewhere_are_kept(tmp_path: Path) -> None:
    pages = [
        {"url": "https://esimerkki.fi/sv", "language": "sv"},
        {"url": "javascript:alert(1)", "language": "fi"},
        {"url": None, "language": "fi"},
    ]
    assert only_channel(tmp_path, webPages=pages).addresses == (("sv", "https://esimerkki.fi/sv"),)


def test_pages_lists_and_single_entities_are_read_alike(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.json").write_text(json.dumps(ptv.page([ptv.service("Yksi")])))
    (tmp_path / "deep" / "b.json").write_text(json.dumps([ptv.service("Kaksi")]))
    (tmp_path / "c.json").write_text(json.dumps(ptv.service("Kolme")))
    (tmp_path / "empty.json").write_text(json.dumps(ptv.page([], of=0)))
    found = read_folder(tmp_path)
    assert {one.name.fi for one in found.services} == {"Yksi", "Kaksi", "Kolme"}
    assert found.faults == ()


def test_a_channel_that_is_named_and_not_told_is_said_and_stops_nothing(tmp_path: Path) -> None:
    (fault,) = told(tmp_path, ptv.service("Palvelu", "Puuttuva")).faults
    assert not fault.stops
    assert ptv.number("Puuttuva") in fault.said("sv")[0]


@pytest.mark.parametrize(
    ("content", "field", "what"),
    [
        (b"{", "", "not JSON"),
        (b"\xff\xfe\x00", "", "not JSON"),
        (b"[" * 100_000, "", "not JSON"),
        (b"[1]", "", "none of PTV's entities"),
        (json.dumps([ptv.service("A") | {"id": "7"}]).encode(), "id", "not an identifier"),
        (json.dumps([ptv.channel("A") | {"serviceChannelType": "Carrier"}]).encode(), "serviceChannelType", "EChannel"),
        (json.dumps([ptv.service("A", serviceNames=[])]).encode(), "names", "no name"),
        (json.dumps([ptv.service("A", serviceNames=[{"value": "x" * 20_000}])]).encode(), "serviceNames.0", "10000"),
        (json.dumps([ptv.channel("A", serviceHours=[{}])]).encode(), "serviceHours.0.serviceHourType", "is missing"),
    ],
    ids=["cut", "not text", "nested", "a number", "number", "kind", "no name", "long", "hours"],
)
def test_what_is_broken_is_told_by_file_field_and_mend(tmp_path: Path, content: bytes, field: str, what: str) -> None:
    (tmp_path / "broken.json").write_bytes(content)
    fault = next(fault for fault in read_folder(tmp_path).faults if fault.stops)
    assert fault.file == "broken.json"
    assert fault.field.startswith(field)
    assert what in fault.said("en")[0]
    assert len({fault.sentence(language) for language in LANGUAGES}) == len(LANGUAGES)


def test_an_empty_folder_says_so_and_a_missing_one_is_no_folder(tmp_path: Path) -> None:
    assert "no .json" in read_folder(tmp_path).faults[0].sentence("en")
    with pytest.raises(FileNotFoundError):
        read_folder(tmp_path / "missing")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_a_file_is_told_or_told_wrong(tmp_path: Path, data: st.DataObject) -> None:
    """R25: an entity with something else in some of its places never breaks the reading."""
    whole = [ptv.service("A", "B"), ptv.channel("B", "ServiceLocation", addresses=[ptv.street()])]
    for entity in whole:
        for name in data.draw(st.lists(st.sampled_from(sorted(entity)), max_size=3)):
            entity[name] = data.draw(ANYTHING)
    (tmp_path / "all.json").write_text(json.dumps(whole))
    found = read_folder(tmp_path)
    assert len(found.services) + len(found.channels) + len([one for one in found.faults if one.stops]) >= 1 or any(
        entity.get("publishingStatus") != "Published" or not entity.get("isVisibleForAll", True) for entity in whole
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_is_said_with_all_its_places_filled(language: Language) -> None:
    """Also those that no test makes: a key without words, or words that ask for more, would be found here."""
    values = dict.fromkeys(("limit", "line", "channel", "area", "expected", "max_length", "why"), "7")
    for key in intake_faults().faults:
        assert "{" not in Fault("a.json", "", "", key, values).sentence(language)


def test_an_area_that_names_no_municipality_is_said(tmp_path: Path) -> None:
    found = told(tmp_path, ptv.service("Palvelu", areas=[ptv.area("20", "WellbeingServiceCounties")]))
    assert [(fault.key, fault.stops) for fault in found.faults] == [("unnamed_area", False)]
    assert "WellbeingServiceCounties 20" in found.faults[0].said("fi")[0]


def test_nulls_stand_for_nothing_wherever_a_text_is_meant(tmp_path: Path) -> None:
    names = [*ptv.said(fi="Linja"), {"language": "sv", "value": None, "type": "Name"}]
    numbers = [ptv.phone("8 1", language=None), {"number": None, "prefixNumber": None}]
    found = told(tmp_path, ptv.channel("Linja", serviceChannelNames=names, phoneNumbers=numbers))
    assert found.faults == ()
    assert (found.channels[0].name.sv, found.channels[0].phones) == ("", (("", "08 1"),))
