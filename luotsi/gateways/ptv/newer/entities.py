"""v12's entities, each able to tell itself as v11's."""

from abc import abstractmethod
from typing import Literal
from uuid import UUID

from pydantic import AliasChoices, Field

from luotsi.gateways.ptv import shapes
from luotsi.gateways.ptv.newer import hours
from luotsi.gateways.ptv.newer.shapes import (
    Area,
    Location,
    Versions,
    address_of,
    area_of,
    links_of,
    phones_of,
    texts_of,
)
from luotsi.gateways.ptv.shapes import Day, Plain, Reference, Shape, Term, many

_CHANNELS = {"EService": "EChannel", "TelephoneService": "Phone"}
_CHARGES = {"Free": "FreeOfCharge", "Charged": "Chargeable"}
_TEXTS = {
    "summary": "Summary",
    "description": "Description",
    "user_instructions": "UserInstruction",
    "charge_type_additional_information": "ChargeTypeAdditionalInfo",
    "processing_time": "ProcessingTime",
    "deadline": "DeadLine",
}


class Versioned(Shape):
    """An entity with its texts by language. `older` is the same as v11 tells it."""

    content_id: UUID
    publishing_status: Plain = "Published"
    language_versions: Versions = {}
    modified: Day = Field(default=None, validation_alias=AliasChoices("modifiedAt", "modified", "publishedAt"))

    @abstractmethod
    def older(self) -> shapes.Entity: ...

    def _entity(self) -> dict[str, object]:
        return {"id": self.content_id, "publishing_status": self.publishing_status, "modified": self.modified}

    def _said(self, field: str, kind: str) -> list[shapes.Said]:
        return texts_of(self.language_versions, field, kind)


class _Described(Versioned):
    """What services and general descriptions have in common. Codes stand alone, and words are named by address."""

    charge_type: str | None = None
    service_classes: many(str) = []
    target_groups: many(str) = []
    life_events: many(str) = []
    ontology_terms: many(str) = []

    def _described(self) -> dict[str, object]:
        return self._entity() | {
            "service_charge_type": _CHARGES.get(self.charge_type or "", self.charge_type),
            "service_classes": [Term(code=one) for one in self.service_classes],
            "target_groups": [Term(code=one) for one in self.target_groups],
            "life_events": [Term(code=one) for one in self.life_events],
            "ontology_terms": [Term(uri=one) for one in self.ontology_terms],
        }

    def _descriptions(self) -> list[shapes.Said]:
        return [one for field, kind in _TEXTS.items() for one in self._said(field, kind)]


class Service(_Described):
    general_description_content_id: UUID | None = None
    organization_content_id: UUID | None = None
    area: Area | None = None

    def older(self) -> shapes.Service:
        return shapes.Service(
            **self._described(),
            **area_of(self.area),
            service_names=self._said("name", "Name"),
            service_descriptions=self._descriptions(),
            general_description_id=self.general_description_content_id,
            main_organization=Reference(id=self.organization_content_id) if self.organization_content_id else None,
        )


class GeneralDescription(_Described):
    def older(self) -> shapes.GeneralDescription:
        return shapes.GeneralDescription(
            **self._described(), names=self._said("name", "Name"), descriptions=self._descriptions()
        )


class Channel(Versioned):
    service_channel_type: Literal["EService", "TelephoneService", "PrintableForm", "ServiceLocation", "WebPage"]
    area: Area | None = None
    location: Location | None = None
    service_hours: hours.ServiceHours | None = None

    def older(self) -> shapes.Channel:
        texts = self.language_versions
        streets = self.location.street_addresses if self.location else []
        return shapes.Channel(
            **self._entity(),
            **area_of(self.area),
            service_channel_type=_CHANNELS.get(self.service_channel_type, self.service_channel_type),
            service_channel_names=self._said("name", "Name"),
            service_channel_descriptions=self._said("summary", "Summary") + self._said("description", "Description"),
            phone_numbers=phones_of(texts, "phone_numbers", "contact_phone_numbers"),
            support_phones=phones_of(texts, "support_phone_numbers"),
            web_pages=links_of(texts, "web_address") + links_of(texts, "contact_web_pages"),
            channel_urls=links_of(texts, "form_files"),
            addresses=[address_of(one) for one in streets],
            service_hours=hours.older(self.service_hours) if self.service_hours else [],
        )


class Organization(Versioned):
    def older(self) -> shapes.Organization:
        return shapes.Organization(**self._entity(), organization_names=self._said("name", "Name"))


class Member(Shape):
    item_type: Plain = ""
    id: UUID = Field(validation_alias=AliasChoices("contentId", "serviceContentId", "id"))


class Collection(Versioned):
    """Its members are told only when it is asked by its number."""

    items: many(Member) = []

    def older(self) -> shapes.Collection:
        return shapes.Collection(
            **self._entity(),
            service_collection_names=self._said("name", ""),
            service_collection_descriptions=self._said("description", ""),
            services=[Reference(id=one.id) for one in self.items if one.item_type in {"", "Service"}],
        )
