"""What the people noun reads from the shelf: what is allowed, how long data are kept, and what each table holds."""

from luotsi.domain.people.definitions.access import (
    ConsentPurpose,
    EmergencyReason,
    Ground,
    MandateKind,
    consent_purposes,
    emergency_reasons,
    grounds,
    mandate_kinds,
)
from luotsi.domain.people.definitions.data_map import Column, Holding, MapPage, Table, data_map, tables
from luotsi.domain.people.definitions.retention import Anchor, Period, RetentionRule, retention_rules

__all__ = [
    "Anchor",
    "Column",
    "ConsentPurpose",
    "EmergencyReason",
    "Ground",
    "Holding",
    "MandateKind",
    "MapPage",
    "Period",
    "RetentionRule",
    "Table",
    "consent_purposes",
    "data_map",
    "emergency_reasons",
    "grounds",
    "mandate_kinds",
    "retention_rules",
    "tables",
]
