"""Taking the shelf into the tables: again and again, changed, and taken away."""

from collections.abc import Callable

import pytest

from luotsi.base.text import Text
from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions, definitions, queries
from luotsi.domain.catalogue.actions import Loaded
from luotsi.domain.catalogue.models import Channel, Lemma, Place, SearchText, Service, ServiceUnit
from luotsi.domain.events.models import Event

from .conftest import TUESDAY_MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(catalogue: Loaded, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, definitions.Service]], Loaded]:
    """Loads the catalogue again with other services on the shelf."""

    def load(services: dict[str, definitions.Service]) -> Loaded:
        monkeypatch.setattr(definitions, "services", lambda: services)
        return actions.load_shelf(by=SYSTEM, at=TUESDAY_MORNING)

    return load


def renamed(service: definitions.Service, name: str) -> definitions.Service:
    return service.model_copy(update={"name": Text(fi=name, sv=name, en=name)})


def test_every_service_of_the_shelf_is_loaded_in_three_languages(catalogue: Loaded) -> None:
    count = len(definitions.services())
    assert catalogue == Loaded(added=count, changed=0, unpublished=0)
    assert Service.objects.published().count() == count
    assert SearchText.objects.count() == 3 * count


def test_loading_again_writes_nothing(catalogue: Loaded) -> None:
    events = Event.objects.count()
    assert actions.load_shelf(by=SYSTEM, at=TUESDAY_MORNING).is_empty
    assert Event.objects.count() == events


def test_a_changed_service_is_written_anew_and_told_as_an_event(shelf) -> None:  # type: ignore[no-untyped-def]
    services = definitions.services()
    loaded = shelf(services | {"home-care": renamed(services["home-care"], "Kahvakuulapaja")})
    assert loaded == Loaded(added=0, changed=1, unpublished=0)
    assert queries.find("kahvakuulapajaan", language="fi").results[0].key == "home-care"
    event = Event.objects.filter(kind="catalogue.loaded").latest("id")
    assert event.body == {"source": "shelf", "added": 0, "changed": 1, "unpublished": 0}


def test_a_service_that_left_the_shelf_is_hidden_and_not_deleted(shelf) -> None:  # type: ignore[no-untyped-def]
    services = dict(definitions.services())
    gone = services.pop("medical-helpline")
    assert shelf(services) == Loaded(added=0, changed=0, unpublished=1)
    assert Service.objects.get(key=gone.key).unpublished_at == TUESDAY_MORNING
    assert Channel.objects.get(key="medical-helpline:phone:0").unpublished_at == TUESDAY_MORNING
    assert shelf(services | {gone.key: gone}) == Loaded(added=1, changed=0, unpublished=0)
    assert Channel.objects.get(key="medical-helpline:phone:0").unpublished_at is None


def test_words_that_left_the_shelf_no_longer_mend_a_query(shelf) -> None:  # type: ignore[no-untyped-def]
    services = definitions.services()
    assert queries.find("rollatori", language="fi").understood_as == "rollaattori"
    shelf({key: one for key, one in services.items() if key != "assistive-devices"})
    assert not Lemma.objects.filter(word="rollaattorin").exists()


def test_services_share_the_phone_and_the_door_of_a_place(catalogue: Loaded) -> None:
    phone = Channel.objects.get(key="kuhmo:phone")
    assert phone.connections.count() > 3
    assert (phone.kind, phone.serves) == ("Phone", ["290"])
    assert Place.objects.get(key="kuhmo").channels.count() == 2


def test_each_municipality_has_the_unit_whose_place_serves_it(catalogue: Loaded) -> None:
    assert queries.unit_for("dental-care", "105") == "suun-suomussalmi"
    assert queries.unit_for("nurse-reception", "765") == "sotkamo"
    assert queries.unit_for("physiotherapy", "765") == "fysioterapia"
    assert queries.unit_for("crisis-help", "765") == ""
    assert ServiceUnit.objects.filter(service__key="nurse-reception").count() == 8


def test_a_unit_without_a_place_is_refused_with_the_file_to_mend(shelf) -> None:  # type: ignore[no-untyped-def]
    services = definitions.services()
    lost = services["home-care"].model_copy(update={"units": ("kuusamo",)})
    with pytest.raises(definitions.CatalogueError, match="content/services/home-care names the unit 'kuusamo'"):
        shelf(services | {"home-care": lost})
