"""PTV over HTTP: pages, a hundred numbers at a time, a busy service, and going on after a cut."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from luotsi.gateways.ptv import NotFetched, fetch_county, read_folder
from tests.factories import ptv
from tests.gateways.ptv.fake import Catalogue, serving


@pytest.fixture
def catalogue(settings: Any) -> Iterator[Catalogue]:
    with serving(settings) as server:
        yield server


def fetch(catalogue: Catalogue, folder: Path, *codes: str) -> list[float]:
    waited: list[float] = []
    address = f"http://{catalogue.at}/api/v11"
    codes = codes or ("205", "765")
    fetch_county(address, folder, municipalities=codes, tell=lambda *_: None, wait=waited.append)
    return waited


def test_every_page_is_fetched_and_read(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.services = [ptv.service(f"Palvelu {number}", "Linja") for number in range(5)]
    catalogue.channels = [ptv.channel("Linja")]
    fetch(catalogue, tmp_path)
    found = read_folder(tmp_path)
    assert (len(found.services), len(found.channels), found.faults) == (5, 1, ())
    assert catalogue.asked.count("/api/v11/Service/list/area/Municipality/code/205") == 3
    assert catalogue.asked.count("/api/v11/Service/list/area/Municipality/code/765") == 1


def test_what_was_only_named_is_asked_a_hundred_at_a_time(catalogue: Catalogue, tmp_path: Path) -> None:
    names = [f"Linja {number}" for number in range(130)]
    catalogue.services = [ptv.service("Palvelu", *names, generalDescriptionId=ptv.number("Pohja"))]
    catalogue.others = [*map(ptv.channel, names), ptv.general("Pohja", fi="Yleinen."), _organization()]
    fetch(catalogue, tmp_path)
    found = read_folder(tmp_path)
    assert len(found.channels) == 130
    assert found.services[0].description.fi.endswith("Yleinen.")
    assert found.services[0].provider.fi == "Kainuun hyvinvointialue"
    assert catalogue.asked.count("/api/v11/ServiceChannel/list") == 2


def test_the_collections_that_services_name_come_with_their_members(catalogue: Catalogue, tmp_path: Path) -> None:
    named = [{"id": ptv.number("Kokoelma"), "name": []}]
    catalogue.services = [ptv.service("Palvelu", serviceCollections=named)]
    catalogue.others = [ptv.collection("Kokoelma", "Palvelu"), _organization()]
    fetch(catalogue, tmp_path)
    (collection,) = read_folder(tmp_path).collections
    assert (collection.name.fi, collection.services) == ("Kokoelma", (ptv.number("Palvelu"),))


def test_a_busy_service_is_asked_again_later(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.services, catalogue.busy = [ptv.service("Palvelu")], 2
    assert fetch(catalogue, tmp_path) == [1.0, 2.0]
    assert len(read_folder(tmp_path).services) == 1


def test_a_fetch_that_was_cut_goes_on_where_it_was(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.services = [ptv.service(f"Palvelu {number}") for number in range(6)]
    catalogue.busy = 0
    fetch(catalogue, tmp_path, "205")
    (tmp_path / "Service-205-0003.json").unlink()
    catalogue.asked.clear()
    catalogue.busy = 99
    with pytest.raises(NotFetched, match=r"503.*goes on from here"):
        fetch(catalogue, tmp_path, "205")
    catalogue.busy = 0
    catalogue.asked.clear()
    fetch(catalogue, tmp_path, "205")
    assert catalogue.asked.count("/api/v11/Service/list/area/Municipality/code/205") == 1
    assert len(read_folder(tmp_path).services) == 6


def test_an_answer_that_is_no_list_is_not_kept(catalogue: Catalogue, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(ptv, "page", lambda *_, **__: ["surprise"])
    with pytest.raises(NotFetched, match="no list"):
        fetch(catalogue, tmp_path)
    assert not list(tmp_path.glob("Service-*.json"))


def test_a_service_that_is_not_listed_is_not_called(tmp_path: Path, settings: Any) -> None:
    settings.OUTBOUND, settings.OUTBOUND_INTERNAL = [], []
    with pytest.raises(NotFetched, match="not listed in LUOTSI_OUTBOUND"):
        fetch_county(
            "https://ptv.example/api/v11", tmp_path, municipalities=["205"], tell=lambda *_: None, wait=lambda _: None
        )


def _organization() -> dict[str, Any]:
    return ptv.organization("Kainuun hyvinvointialue")
