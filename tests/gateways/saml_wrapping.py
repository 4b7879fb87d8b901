"""Signature wrapping: what was signed stays in the message, and something else takes its place.

After Somorovsky et al., On Breaking SAML (2012), XSW1 to XSW8, as far as an encrypted assertion lets them be done: in
those of the response the attacker encrypts an assertion of their own for us, in those of the assertion they changed it
before it was encrypted.
"""

import base64
import copy
from collections.abc import Callable
from typing import Any

from lxml import etree

from tests.peers.saml_idp import CODE, PEOPLE
from tests.peers.saml_sealing import DS, SAML, SAMLP, Steps
from tests.peers.saml_world import World

Wrap = Callable[[etree._Element, etree._Element], None]


def wrapped(wrap: Wrap) -> Callable[[World, Any], str]:
    """A genuine answer of Aino's inside a response about Eino that is made by somebody without the provider's key."""

    def make(world: World, question: Any) -> str:
        genuine = etree.fromstring(base64.b64decode(world.idp.answer(question, "aino")))
        unsigned = world.stranger.answer(question, "eino", Steps(sign_assertion=False, sign_response=False))
        evil = etree.fromstring(base64.b64decode(unsigned))
        wrap(evil, genuine)
        return base64.b64encode(etree.tostring(evil)).decode()

    return make


def _signature_of(element: etree._Element) -> etree._Element:
    """Its signature, taken out of it."""
    signature = element.find(DS + "Signature")
    element.remove(signature)
    return signature


def _in_signature(evil: etree._Element, genuine: etree._Element) -> None:
    signature = _signature_of(genuine)
    signature.append(genuine)
    evil.insert(1, signature)


def _beside_signature(evil: etree._Element, genuine: etree._Element) -> None:
    evil.insert(1, _signature_of(genuine))
    evil.insert(2, genuine)


def _whole_in_extensions(evil: etree._Element, genuine: etree._Element) -> None:
    box = etree.Element(SAMLP + "Extensions")
    evil.insert(1, box)
    box.append(genuine)


def _with_the_same_id(evil: etree._Element, genuine: etree._Element) -> None:
    evil.set("ID", genuine.get("ID"))
    evil.insert(1, copy.deepcopy(genuine.find(DS + "Signature")))
    evil.append(genuine)


def _in_object(evil: etree._Element, genuine: etree._Element) -> None:
    signature = _signature_of(genuine)
    etree.SubElement(signature, DS + "Object").append(genuine)
    evil.insert(1, signature)


RESPONSES: list[tuple[str, Wrap]] = [
    ("XSW1, the response within its signature", _in_signature),
    ("XSW2, the response beside its signature", _beside_signature),
    ("the response within the extensions", _whole_in_extensions),
    ("two responses of one ID", _with_the_same_id),
    ("the response within an object of its signature", _in_object),
]


def _evil(root: etree._Element) -> tuple[etree._Element, etree._Element]:
    """The genuine assertion, taken out, and an unsigned one like it that is Eino's."""
    genuine = root.find(SAML + "Assertion")
    root.remove(genuine)
    evil = copy.deepcopy(genuine)
    evil.remove(evil.find(DS + "Signature"))
    evil.set("ID", "_evil")
    evil.find(f".//{SAML}Attribute[@Name='{CODE}']/{SAML}AttributeValue").text = PEOPLE["eino"][3]
    return genuine, evil


def _xsw3(root: etree._Element) -> None:
    genuine, evil = _evil(root)
    root.append(evil)
    root.append(genuine)


def _xsw4(root: etree._Element) -> None:
    genuine, evil = _evil(root)
    root.append(evil)
    evil.append(genuine)


def _xsw5(root: etree._Element) -> None:
    genuine, evil = _evil(root)
    evil.insert(1, _signature_of(genuine))
    root.append(evil)
    root.append(genuine)


def _xsw6(root: etree._Element) -> None:
    genuine, evil = _evil(root)
    signature = _signature_of(genuine)
    signature.append(genuine)
    evil.insert(1, signature)
    root.append(evil)


def _xsw7(root: etree._Element) -> None:
    genuine, evil = _evil(root)
    box = etree.Element(SAMLP + "Extensions")
    root.insert(1, box)
    box.append(evil)
    root.append(genuine)


def _xsw8(root: etree._Element) -> None:
    genuine, evil = _evil(root)
    signature = _signature_of(genuine)
    etree.SubElement(signature, DS + "Object").append(genuine)
    evil.insert(1, signature)
    root.append(evil)


def _same_id(root: etree._Element) -> None:
    genuine, evil = _evil(root)
    evil.set("ID", genuine.get("ID"))
    evil.insert(1, copy.deepcopy(genuine.find(DS + "Signature")))
    etree.SubElement(evil, SAML + "Advice").append(genuine)
    root.append(evil)


ASSERTIONS: list[tuple[str, Callable[[etree._Element], None]]] = [
    ("XSW3, the evil assertion first", _xsw3),
    ("XSW4, the genuine within the evil", _xsw4),
    ("XSW5, the signature moved to the evil", _xsw5),
    ("XSW6, the genuine within the signature of the evil", _xsw6),
    ("XSW7, the evil within the extensions", _xsw7),
    ("XSW8, the genuine within an object of the signature", _xsw8),
    ("two assertions of one ID, the genuine as advice", _same_id),
]
