"""PTV's open API v12: other addresses and shapes, told as those of v11 (`luotsi/gateways/ptv/shapes.py`).

No official text of it was seen. What is read here was learnt from programs that read it, all of which are public
(github.com/Tampere's Drupal module for PTV and three others, autumn 2026): that is what the tests show, and no more.
"""

from luotsi.gateways.ptv.newer.fetching import fetch_county
from luotsi.gateways.ptv.newer.kinds import Concept, Connection, Versioned, kind_of

__all__ = ["Concept", "Connection", "Versioned", "fetch_county", "kind_of"]
