"""The names of the standard: extensions, item types, and where our own parts stand."""

from luotsi.domain.questionnaires.definitions import Item

CORE = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
OURS = "urn:luotsi:fhir:"
KEY_SYSTEM = "urn:luotsi:questionnaire"

TRANSLATION = CORE + "translation"
ORDINAL = CORE + "ordinalValue"
WEIGHTS = frozenset({ORDINAL, CORE + "itemWeight", CORE + "valueset-ordinalValue", CORE + "codesystem-ordinalValue"})
OPTION_EXCLUSIVE = CORE + "questionnaire-optionExclusive"
HIDDEN = CORE + "questionnaire-hidden"
UNIT = CORE + "questionnaire-unit"
UNIT_OPTION = CORE + "questionnaire-unitOption"
MIN_OCCURS = CORE + "questionnaire-minOccurs"
MAX_OCCURS = CORE + "questionnaire-maxOccurs"
ITEM_CONTROL = CORE + "questionnaire-itemControl"
CONTROL_SYSTEM = "http://hl7.org/fhir/questionnaire-item-control"
MIN_VALUE = CORE + "minValue"
MAX_VALUE = CORE + "maxValue"
MIN_LENGTH = CORE + "minLength"
REGEX = CORE + "regex"
MAX_SIZE = CORE + "maxSize"
MIME_TYPE = CORE + "mimeType"
DECIMALS = CORE + "maxDecimalPlaces"
CALCULATED_VALUE = CORE + "cqf-calculatedValue"
CQF_EXPRESSION = CORE + "cqf-expression"
REPLACES = CORE + "replaces"
VARIABLE = CORE + "variable"
INITIAL_EXPRESSION = SDC + "sdc-questionnaire-initialExpression"
CALCULATED = SDC + "sdc-questionnaire-calculatedExpression"
SHOW_EXPRESSION = SDC + "sdc-questionnaire-enableWhenExpression"
KEYBOARD = SDC + "sdc-questionnaire-keyboard"

# Our item type → the standard's, and the field in which an answer stands.
TYPES = {
    "group": ("group", ""),
    "display": ("display", ""),
    "text": ("string", "valueString"),
    "long_text": ("text", "valueString"),
    "phone": ("string", "valueString"),
    "url": ("url", "valueUri"),
    "yes_no": ("boolean", "valueBoolean"),
    "whole_number": ("integer", "valueInteger"),
    "number": ("decimal", "valueDecimal"),
    "quantity": ("quantity", "valueQuantity"),
    "day": ("date", "valueDate"),
    "moment": ("dateTime", "valueDateTime"),
    "time": ("time", "valueTime"),
    "choice": ("choice", "valueCoding"),
    "choices": ("choice", "valueCoding"),
    "open_choice": ("open-choice", "valueCoding"),
    "file": ("attachment", "valueAttachment"),
    "reference": ("reference", "valueReference"),
}
OUR_TYPES = {
    "group": "group",
    "display": "display",
    "string": "text",
    "text": "long_text",
    "url": "url",
    "boolean": "yes_no",
    "integer": "whole_number",
    "decimal": "number",
    "quantity": "quantity",
    "date": "day",
    "dateTime": "moment",
    "time": "time",
    "choice": "choice",
    "open-choice": "open_choice",
    "attachment": "file",
    "reference": "reference",
}
LENGTHY = frozenset({"text", "long_text", "phone", "url", "open_choice"})

# Parts of a form, of an item and of an option that the standard has no place for, written as JSON under OURS.
FORM_PARTS = (
    "purpose",
    "audience",
    "register",
    "follows_matter",
    "is_anonymous",
    "only_oneself",
    "minutes",
    "verified",
    "intro_for_another",
    "scores",
    "outcomes",
    "dangers",
    "thanks",
    "examples",
)
ITEM_PARTS = tuple(name for name in Item.model_fields if name not in {"key", "items"})
OPTION_PARTS = ("label_for_another", "danger")
