"""What a service from a source outside is called in addresses."""

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 60


def free(name: str, number: str, taken: Collection[str]) -> str:
    """The name as an address has it: "Päivystävä hoitaja" is paivystava-hoitaja; when that is taken, with the beginning
    of the source's number after it.
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "service"
    return key if key not in taken else f"{key}-{number[:8]}"
