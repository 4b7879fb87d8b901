"""A story that cannot be read is refused by its event and its field, with exit code 2 and no trace."""

import pytest

from .stories import CONTACT, NEEDED, YOUNG, ask, offered, visit


@pytest.fixture
def refused(capsys, tmp_path):
    """What is said of a story that cannot be read."""

    def sentence(document, *words):
        if isinstance(document, tuple):
            document = {"born": YOUNG, "events": list(document)}
        code, out, err = ask(capsys, tmp_path, document, "--json", *words)
        assert (code, out) == (2, "")
        assert "Traceback" not in err
        return err

    return sentence


BAD = [
    ((NEEDED | {"at": "2026-03-02T08:00"}, CONTACT), "event 1 (need.assessed), field at: 02.03.2026 08:00 is before"),
    ((CONTACT, visit("2027-03-02T08:30")), "event 2 (visit.held), field at: 02.03.2027 08:30 is in the future"),
    ((CONTACT | {"kind": "contact.recieved"},), "did you mean contact.received"),
    ((CONTACT | {"kind": 7},), "event 1, field kind: 7 is not known"),
    (({"at": "2026-03-02"},), "event 1, field kind: it is missing"),
    (({"kind": "visit.held"},), "event 1 (visit.held), field at: it is missing"),
    ((CONTACT | {"at": "2.3.2026"},), "event 1 (contact.received), field at: '2.3.2026' is not a time"),
    ((CONTACT | {"at": 20260302},), "is not a time"),
    ((CONTACT | {"at": "2026-02-29T10:00"},), "is not a time"),
    ((CONTACT | {"at": "2026-03-29T03:30"},), "field at: 2026-03-29T03:30 did not exist in Finland"),
    (({"kind": "need.assessed", "at": "2026-03-02"},), "field outcome: it is missing; say one of care_needed"),
    ((NEEDED | {"outcome": "care"},), "field outcome: 'care' is not known"),
    ((NEEDED | {"line": "oral"},), "field line: 'oral' is not known; did you mean oral_care"),
    ((NEEDED, {"kind": "booking.made", "at": "2026-03-03"}), "event 2 (booking.made), field starts_at: it is missing"),
    ((NEEDED, offered("2026-03-03", "2026-03-01")), "on a day before it was promised"),
    ((NEEDED, offered("2026-03-03", "2026-03-09", strats_at="x")), "field strats_at: it is not known; did you mean"),
    ((NEEDED, {"kind": "booking.declined", "at": "2026-03-03"}), "no time stood then"),
    (
        (NEEDED, offered("2026-03-03", "2026-03-09", booking="a"),
         {"kind": "booking.declined", "at": "2026-03-04", "booking": "b"}),
        "event 3 (booking.declined), field booking: no time 'b' stood",
    ),
    (
        (NEEDED, offered("2026-03-03", "2026-03-09"), {"kind": "booking.cancelled", "at": "2026-03-04", "by": "me"}),
        "field by: 'me' is not known",
    ),
    (({"kind": "clock.started", "at": "2026-03-03"},), "field rule: it is missing; name the rule"),
    (({"kind": "clock.started", "at": "2026-03-03", "rule": "CWA-START"},), "did you mean CWA-START-7WD"),
    (
        (NEEDED, {"kind": "clock.paused", "at": "2026-03-03", "reason": "busy", "by": "x"}),
        "event 2 (clock.paused), field reason: PHC-14D-U23 cannot be paused for 'busy'",
    ),
    ((NEEDED, {"kind": "clock.paused", "at": "2026-03-03", "reason": "medical_reason"}), "field by: it is missing"),
    ((NEEDED, {"kind": "clock.resumed", "at": "2026-03-03"}), "PHC-14D-U23 was not paused then"),
    (({"kind": "clock.paused", "at": "2026-03-03", "reason": "medical_reason", "by": "x"},), "no clock was running"),
    (
        ({"kind": "clock.started", "rule": "CWA-START-7WD", "at": "2026-03-02"},
         {"kind": "clock.paused", "at": "2026-03-03", "reason": "medical_reason", "by": "x"}),
        "event 2 (clock.paused), field reason: CWA-START-7WD is counted in working days and is never paused",
    ),
    ((CONTACT | {"conditions": {"urgnt": True}},), "field conditions: 'urgnt' is not known; did you mean urgent"),
    ((CONTACT | {"conditions": "urgent"},), "field conditions: write them as"),
    ((CONTACT | {"id": "a"}, NEEDED | {"id": "a"}), "event 2 (need.assessed), field id: event 1 has the id 'a' too"),
    ((CONTACT | {"corrects": "z"},), "field corrects: no event has the id 'z'"),
    ((7,), "event 1: an event is an object"),
    ({"events": []}, "field events: it needs a list"),
    ({"events": "none"}, "field events: it needs a list"),
    ({"event": [CONTACT]}, "field event: it is not known; did you mean events?"),
    ({"events": [CONTACT], "born": "13.6.2003"}, "field born: '13.6.2003' is not a day"),
    ({"events": [CONTACT], "born": "2026-06-01"}, "is before the birth, 2026-06-01"),
    ({"events": [CONTACT], "set": {"eves_count": "perhaps"}}, "eves_count takes true or false"),
    ({"events": [CONTACT], "set": ["eves_count"]}, "field set: write it as"),
    ({"events": [CONTACT], "at": "yesterday"}, "field at: 'yesterday' is not a time"),
    ("7", "a story is a JSON object"),
    ("", "is not JSON: line 1, column 1"),
    ('{"events": [', "is not JSON: line 1"),
    ("[" * 100_000, "nested too deeply"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "sentence"), BAD)
def test_a_story_that_cannot_be_read_is_refused_by_its_event_and_field(refused, document, sentence):
    assert sentence in refused(document, "--at", "2026-07-01")
