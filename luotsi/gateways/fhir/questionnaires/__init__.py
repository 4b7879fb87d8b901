"""Questionnaires as HL7 FHIR R4 with Structured Data Capture (SDC).

    imported = read(document)          # a file made elsewhere → our form, with what it says that we do not support
    document = write(form)             # our form → a Questionnaire resource
    answers = read_response(document, form)
    document = write_response(form, answers, …)

What a document says and we do not support is named by item, never dropped silently. What is ours and not in the
standard is written as extensions under `urn:luotsi:fhir:`, which other programs leave alone.
"""

from luotsi.gateways.fhir.questionnaires.element import Unsupported
from luotsi.gateways.fhir.questionnaires.reading import Imported, NotReadable, read
from luotsi.gateways.fhir.questionnaires.responses import read_response, write_response
from luotsi.gateways.fhir.questionnaires.writing import as_json, write

__all__ = ["Imported", "NotReadable", "Unsupported", "as_json", "read", "read_response", "write", "write_response"]
