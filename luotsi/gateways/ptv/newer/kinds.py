"""Which of v12's entities something is: they do not say so, so a file is called after what it holds.

service.….json, service-channel.….json, connection.….json, general-description.….json, organization.….json,
service-collection.….json, ontology-terms.….json: the words that stand in v12's addresses.
"""

from typing import Any

from pydantic import AliasChoices, Field

from luotsi.gateways.ptv.newer import entities
from luotsi.gateways.ptv.newer.entities import Versioned
from luotsi.gateways.ptv.newer.shapes import Names
from luotsi.gateways.ptv.shapes import UUID, Shape


class Connection(Shape):
    """That a service is reached by a channel."""

    service: UUID = Field(validation_alias="serviceContentId")
    channel: UUID = Field(validation_alias=AliasChoices("serviceChannelContentId", "channelContentId"))


class Concept(Shape):
    """A word of the national vocabulary."""

    uri: str
    name: Names = Field(default={}, validation_alias=AliasChoices("name", "names"))


_KINDS: dict[str, type[Versioned | Connection | Concept]] = {
    "service": entities.Service,
    "service-channel": entities.Channel,
    "connection": Connection,
    "general-description": entities.GeneralDescription,
    "organization": entities.Organization,
    "service-collection": entities.Collection,
    "ontology-terms": Concept,
}


def kind_of(given: Any, file: str) -> type[Versioned | Connection | Concept] | None:
    """None for what is none of v12's."""
    if not isinstance(given, dict) or not {"contentId", "serviceContentId", "uri"} & set(given):
        return None
    return _KINDS.get(file.rsplit("/", 1)[-1].split(".")[0])
