"""Contacts received. From one row a contact."""

from datetime import date

import ibis
import ibis.expr.types as ir

from luotsi.analytics.measures.marks import marks, one, one_if
from luotsi.domain.indicators.definitions import Contacts


def contacts(received: ir.Table, spec: Contacts, today: date) -> ir.Table:
    """Contacts by the named channels, of all contacts; all of them when no channel is named."""
    by_these = received.channel.isin(spec.channels) if spec.channels else ibis.literal(True)
    return marks(
        received,
        day=received.received_day,
        reached=one_if(by_these),
        counted=one(),
        covered=one_if(received.channel != ""),
        seen=one(),
    )
