"""The demonstration's national catalogue: reads without faults, in three languages, and nothing real in it."""

import json
import re
from collections import Counter
from typing import Any, get_args

import pytest

from luotsi.base import shelf
from luotsi.base.text import LANGUAGES
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue.definitions import Audience
from luotsi.domain.catalogue.ports import ToldChannel, ToldService
from luotsi.domain.organisation.definitions import municipality_names
from luotsi.gateways import ptv

FOLDER = shelf.ROOT / "national_catalogue"
TOLD = ptv.read_folder(FOLDER)
RAW: list[dict[str, Any]] = [one for file in sorted(FOLDER.glob("*.json")) for one in json.loads(file.read_bytes())]
INVENTED = re.compile(r"08 000 1\d{3}")
FIRST_NAMES = re.compile(r"\b(Matti|Maija|Pekka|Liisa|Anna|Juhani|Johanna|Anders|Karin|John|Mary)\b")

each_service = pytest.mark.parametrize("service", TOLD.services, ids=[one.name.fi for one in TOLD.services])
each_channel = pytest.mark.parametrize("channel", TOLD.channels, ids=[one.name.fi for one in TOLD.channels])


def test_it_reads_without_a_fault_and_every_number_stands_once() -> None:
    assert TOLD.faults == ()
    numbers = Counter(one["id"] for one in RAW)
    assert [number for number, count in numbers.items() if count > 1] == []


def test_with_those_on_the_shelf_there_are_at_least_150_services_and_ten_collections() -> None:
    assert len(TOLD.services) >= 110
    assert len(TOLD.services) + len(definitions.services()) >= 150
    assert len(TOLD.collections) >= 10
    assert all(one.name.is_complete and one.services for one in TOLD.collections)
    assert {service for one in TOLD.collections for service in one.services} <= {one.id for one in TOLD.services}


def test_no_service_has_the_name_of_another_nor_of_one_on_the_shelf() -> None:
    for language in LANGUAGES:
        names = Counter(one.name.in_language(language).casefold() for one in TOLD.services)
        names.update(one.name.in_language(language).casefold() for one in definitions.services().values())
        assert [name for name, count in names.items() if count > 1] == []


@each_service
def test_a_service_is_written_in_three_languages(service: ToldService) -> None:
    texts = [service.name, service.summary, service.description, service.user_instruction, service.cost]
    assert all(text.is_complete for text in texts)
    for text in texts[1:4]:
        assert len({text.fi, text.sv, text.en}) == 3
    for language in LANGUAGES:
        assert len(service.summary.in_language(language)) <= 160
        assert 2 <= len(re.findall(r"[.?](?: |$)", service.description.in_language(language))) <= 6
        assert 2 <= len(service.words[language]) <= 12


@each_service
def test_a_service_is_coded_as_the_national_catalogue_codes(service: ToldService) -> None:
    assert service.service_class
    assert all(re.fullmatch(r"P([1-9]|1\d|2[0-7])(\.\d{1,2})?", code) for code in service.service_class)
    assert service.audience
    assert set(service.audience) <= {"KR1", *get_args(Audience)}
    assert all(re.fullmatch(r"KE([1-9]|1[0-4])(\.\d)?", code) for code in service.life_events)
    assert service.provider.fi


@each_service
def test_a_service_has_a_way_in_everywhere_where_it_is_offered(service: ToldService) -> None:
    channels = {one.id: one for one in TOLD.channels}
    assert service.channels
    offered = set(service.municipalities or municipality_names())
    assert offered <= set(municipality_names())
    ways = [channels[one].municipalities for one in service.channels]
    assert offered <= {code for codes in ways for code in codes or municipality_names()}


def test_what_holds_everywhere_is_told_once_and_stands_after_the_service_s_own_text() -> None:
    general = {one["id"]: one for one in RAW if "names" in one}
    led = {one["id"]: general[one["generalDescriptionId"]] for one in RAW if one.get("generalDescriptionId")}
    assert len(general) >= 7
    assert {one["id"] for one in led.values()} == set(general)
    for service in TOLD.services:
        if service.id in led:
            for text in led[service.id]["descriptions"]:
                own, _, shared = service.description.in_language(text["language"]).partition("\n\n")
                assert own
                assert shared == text["value"]


@each_channel
def test_a_channel_is_used_and_leads_nowhere_real(channel: ToldChannel) -> None:
    assert channel.name.is_complete
    assert channel.summary.is_complete
    assert channel.id in {one for service in TOLD.services for one in service.channels}
    assert all(INVENTED.fullmatch(phone) for _, phone in channel.phones)
    assert all(address.startswith("https://kainuu.example/") for _, address in channel.addresses)
    assert channel.phones or channel.addresses
    assert set(channel.municipalities) <= set(municipality_names())
    assert bool(channel.places) == (channel.kind == "ServiceLocation")
    for place in channel.places:
        assert place.municipality in municipality_names()
        assert place.northing is not None
        assert 7_060_000 < place.northing < 7_260_000


def test_a_number_rings_in_one_place() -> None:
    phones = Counter(phone for channel in TOLD.channels for _, phone in channel.phones)
    assert [phone for phone, count in phones.items() if count > 1] == []


def test_all_five_kinds_of_channels_and_hours_for_christmas_and_summer_are_there() -> None:
    assert {one.kind for one in TOLD.channels} == {"Phone", "ServiceLocation", "EChannel", "WebPage", "PrintableForm"}
    months = {hours.first_day.month for one in TOLD.channels for hours in one.hours if hours.first_day}
    assert {7, 12} <= months


def test_nobody_is_named() -> None:
    found = [file.name for file in FOLDER.iterdir() if FIRST_NAMES.search(file.read_text(encoding="utf-8"))]
    assert found == []
