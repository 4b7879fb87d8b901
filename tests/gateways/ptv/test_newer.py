"""PTV's open API v12: told as v11 tells the same, over HTTP with a key, and told wrong where it is."""

import json
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luotsi.domain.catalogue.ports import Told, ToldChannel, ToldHours
from luotsi.gateways import ptv as gateway
from luotsi.gateways.ptv import NotFetched, read_folder
from tests.factories import ptv
from tests.factories import ptv_newer as v12
from tests.gateways.ptv.fake_newer import Newer, serving
from tests.gateways.ptv.test_reading import ANYTHING

CONCEPT = {"uri": "http://www.yso.fi/onto/koko/p1", "name": {"fi": "masennus", "sv": "depression", "en": ""}}
NOVEMBER = date(2026, 11, 23)
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")


def told(folder: Path, **by_kind: Any) -> Told:
    for kind, entities in by_kind.items():
        (folder / f"{kind.replace('_', '-')}.all.json").write_text(json.dumps(entities), "utf-8")
    return read_folder(folder)


def only_channel(folder: Path, kind: str = "TelephoneService", **more: Any) -> ToldChannel:
    (channel,) = told(folder, service_channel=[v12.channel("Linja", kind, **more)]).channels
    return channel


def test_both_versions_tell_the_same_of_the_same_service(tmp_path: Path) -> None:
    older, newer = tmp_path / "older", tmp_path / "newer"
    older.mkdir(), newer.mkdir()
    organization = "Kainuun hyvinvointialue"
    (older / "all.json").write_text(
        json.dumps([ptv.service("Palvelu", "Linja"), ptv.channel("Linja"), ptv.organization(organization)])
    )
    found = told(
        newer,
        service=[v12.service("Palvelu")],
        service_channel=[
            v12.channel(
                "Linja",
                serviceHours=v12.hours(v12.weekly(**dict.fromkeys(WEEK, ("08:00", "16:00")))),
            )
        ],
        connection=[v12.connection("Palvelu", "Linja")],
        organization=[v12.named(organization)],
        ontology_terms=[CONCEPT],
    )
    assert found == read_folder(older)
    assert found.faults == ()


def test_the_texts_of_a_general_description_come_after_its_own(tmp_path: Path) -> None:
    general = v12.named("Pohja")
    general["languageVersions"]["fi"] |= {"description": "Yleinen kuvaus.", "userInstructions": "Soita."}
    service = v12.service("Palvelu", generalDescriptionContentId=general["contentId"])
    (one,) = told(tmp_path, service=[service], general_description=general).services
    assert one.description.fi == "Palvelu: kuvaus.\n\nYleinen kuvaus."
    assert one.user_instruction.fi == "Soita."


def test_a_place_is_told_in_metres_and_without_them_where_it_has_none(tmp_path: Path) -> None:
    channel = only_channel(
        tmp_path, "ServiceLocation", location={"streetAddresses": [v12.street(), v12.street(northing=None)]}
    )
    first, second = channel.places
    assert (first.street, first.postcode, first.municipality) == ("Sairaalatie 1", "87140", "205")
    assert (first.northing, first.easting) == (7_125_000.5, 536_000.1)
    assert (second.northing, second.easting) == (None, None)


def test_numbers_and_addresses_are_those_of_each_language(tmp_path: Path) -> None:
    page = {"url": "https://kainuu.example/fi", "name": "Sivu"}
    texts = v12.versions(
        fi={"name": "Linja", "phoneNumbers": [v12.phone("8 1")], "webAddress": page},
        sv={"name": "Linjen", "phoneNumbers": [v12.phone("8 2")], "formFiles": [{"url": "https://kainuu.example/sv"}]},
        en=None,
    )
    channel = only_channel(tmp_path, languageVersions=texts)
    assert channel.name.sv == "Linjen"
    assert channel.phones == (("fi", "08 1"), ("sv", "08 2"))
    assert channel.addresses == (("fi", "https://kainuu.example/fi"), ("sv", "https://kainuu.example/sv"))


def span(weekday: int, opens: int, closes: int) -> ToldHours:
    return ToldHours("weekly", weekday, time(opens), time(closes))


def on(day: date, opens: int | None = None, closes: int | None = None) -> ToldHours:
    times = (None, None) if opens is None or closes is None else (time(opens), time(closes))
    return ToldHours("exceptional", None, *times, day, day)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (v12.weekly(monday=("08:00", "16:00"), sunday=("20:00", "02:00")), (span(0, 8, 16), span(6, 20, 2))),
        (v12.weekly(monday=("08:00", "16:00", "OpenOnReservation")), ()),
        (v12.weekly(monday=("08:00", "16:00", "Closed")), ()),
        ({"type": "ContinuousAlwaysValidServiceHour", "openingStatus": "Open"}, (ToldHours("always"),)),
        ({"type": "ContinuousAlwaysValidServiceHour", "openingStatus": "Closed"}, ()),
        (
            {"type": "ContinuousWeekdaysUntilFurtherNoticeServiceHour", "openingStatus": "Open",
             "fromDay": "Saturday", "toDay": "Monday", "fromTime": "18:00", "toTime": "06:00"},
            (span(5, 18, 0), span(6, 0, 0), span(0, 0, 6)),
        ),
        (
            v12.weekly("WeeklyDateRange", "2026-11-23", "2026-11-24", monday=("09:00", "12:00")),
            (on(date(2026, 11, 23), 9, 12), on(date(2026, 11, 24))),
        ),
        (
            v12.weekly("ExceptionalDateRange", "2026-12-24", "2026-12-26"),
            (ToldHours("exceptional", first_day=date(2026, 12, 24), last_day=date(2026, 12, 26)),),
        ),
        (
            {"type": "ContinuousDateRangeServiceHour", "openingStatus": "Open", "fromDate": "2026-12-31",
             "toDate": "2027-01-01", "fromTime": "18:00", "toTime": "04:00"},
            (on(date(2026, 12, 31), 18, 0), on(date(2027, 1, 1), 0, 4)),
        ),
        ({"type": "SomethingNewServiceHour", "openingStatus": "Open"}, ()),
    ],
    ids=["weekly", "by agreement", "closed", "always", "never", "through a weekend", "for a time", "exception",
         "through a night", "unknown"],
)  # fmt: skip
def test_each_type_of_hours_is_told_as_ours(tmp_path: Path, line: dict[str, Any], expected: tuple[Any, ...]) -> None:
    assert only_channel(tmp_path, serviceHours=v12.hours(line)).hours == expected


@time_machine.travel(NOVEMBER)
def test_holidays_are_told_by_name_and_read_as_their_days(tmp_path: Path) -> None:
    told_hours = v12.hours(GoodFriday=[], MidsummerEve=[("08:00", "12:00")], ChristmasEve=[], NobodysDay=[])
    found = only_channel(tmp_path, serviceHours=told_hours).hours
    assert found == (
        on(date(2026, 4, 3)), on(date(2027, 3, 26)),
        on(date(2026, 6, 19), 8, 12), on(date(2027, 6, 25), 8, 12),
        on(date(2026, 12, 24)), on(date(2027, 12, 24)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "entity", "field"),
    [
        ("service", v12.service("A", contentId="7"), "contentId"),
        ("service", v12.service("A", languageVersions={}), "names"),
        ("service_channel", v12.channel("A", "Carrier"), "serviceChannelType"),
        ("service_channel", v12.channel("A", serviceHours=v12.hours({"fromTime": "late"})), "serviceHours.hours.0"),
        ("connection", {"serviceContentId": "7", "serviceChannelContentId": None}, "serviceContentId"),
        ("nothing_known", v12.service("A"), ""),
    ],
    ids=["number", "no name", "kind", "hours", "connection", "file"],
)
def test_what_is_broken_is_told_by_field(tmp_path: Path, kind: str, entity: Any, field: str) -> None:
    fault = next(one for one in told(tmp_path, **{kind: [entity]}).faults if one.stops)
    assert fault.field.startswith(field)
    assert fault.file.startswith(kind.replace("_", "-"))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_a_file_is_told_or_told_wrong(tmp_path: Path, data: st.DataObject) -> None:
    """R25: an entity with something else in some of its places never breaks the reading."""
    service, channel = (
        v12.service("A"),
        v12.channel("B", "ServiceLocation", location={"streetAddresses": [v12.street()]}),
    )
    for entity in (service, channel, channel["location"], channel["serviceHours"], channel["serviceHours"]["hours"][0]):
        for name in data.draw(st.lists(st.sampled_from(sorted(entity)), max_size=2)):
            entity[name] = data.draw(ANYTHING)
    found = told(tmp_path, service=[service], service_channel=[channel], connection=[v12.connection("A", "B")])
    spoken = len(found.services) + len(found.channels) + len([one for one in found.faults if one.stops])
    assert spoken >= 1 or "Published" not in {service["publishingStatus"], channel["publishingStatus"]}


@pytest.fixture
def newer(settings: Any) -> Iterator[Newer]:
    with serving(settings) as server:
        server.held = {
            "service": [v12.service(f"Palvelu {number}") for number in range(5)],
            "service-channel": [v12.channel("Linja")],
            "connection": [v12.connection(f"Palvelu {number}", "Linja") for number in range(5)],
            "organization": [v12.named("Kainuun hyvinvointialue")],
            "ontology-terms": [CONCEPT],
        }
        yield server


def fetch(server: Newer, folder: Path) -> Told:
    address = f"http://{server.at}/api/v12"
    gateway.fetch_county(address, folder, municipalities=["205", "765"], tell=lambda *_: None, wait=lambda _: None)
    return read_folder(folder)


def test_over_http_every_page_comes_with_what_connects_and_what_is_named(newer: Newer, tmp_path: Path) -> None:
    newer.held["service"][0]["generalDescriptionContentId"] = ptv.number("Pohja")
    newer.held["general-description"] = [v12.named("Pohja")]
    elsewhere = v12.channel("Muualla")
    newer.held["connection"].append(v12.connection("Palvelu 0", "Muualla"))
    newer.held["service-channel"].append(elsewhere)
    found = fetch(newer, tmp_path)
    assert (len(found.services), len(found.channels), found.faults) == (5, 2, ())
    assert {one.provider.fi for one in found.services} == {"Kainuun hyvinvointialue"}
    assert {one.words["sv"] for one in found.services} == {("depression",)}
    assert all(ptv.number("Linja") in one.channels for one in found.services)
    assert newer.asked.count("service/search") == 3
    assert f"general-description/{ptv.number('Pohja')}" in newer.asked


def test_a_collection_is_asked_by_its_number_for_its_members(newer: Newer, tmp_path: Path) -> None:
    members = [
        {"itemType": "Service", "contentId": ptv.number("Palvelu 1")},
        {"itemType": "Channel", "contentId": ptv.number("Linja")},
    ]
    owner = ptv.number("Kainuun hyvinvointialue")
    newer.held["service-collection"] = [v12.named("Kokoelma", organizationContentId=owner, items=members)]
    (collection,) = fetch(newer, tmp_path).collections
    assert (collection.name.sv, collection.services) == ("Kokoelma på svenska", (ptv.number("Palvelu 1"),))


def test_a_channel_that_was_only_connected_is_asked_by_its_number(newer: Newer, tmp_path: Path) -> None:
    newer.elsewhere = {ptv.number("Linja")}
    found = fetch(newer, tmp_path)
    assert [one.id for one in found.channels] == [ptv.number("Linja")]
    assert newer.asked.count(f"service-channel/{ptv.number('Linja')}") == 1


def test_a_fetch_that_was_cut_goes_on_where_it_was(newer: Newer, tmp_path: Path) -> None:
    whole = fetch(newer, tmp_path)
    (tmp_path / "service.all-0002.json").unlink()
    newer.asked.clear()
    assert fetch(newer, tmp_path) == whole
    assert newer.asked == ["service/search"]


def test_without_a_key_nothing_is_asked(newer: Newer, tmp_path: Path, settings: Any) -> None:
    settings.PTV_KEY = ""
    with pytest.raises(NotFetched, match="LUOTSI_PTV_KEY"):
        fetch(newer, tmp_path)
    assert newer.asked == []
    settings.PTV_KEY = "another"
    with pytest.raises(NotFetched, match="401"):
        fetch(newer, tmp_path)
