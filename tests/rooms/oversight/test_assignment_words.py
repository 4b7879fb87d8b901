"""What is offered to an administrator is what they can do, said as a verb."""

from luotsi.base.who import Who
from tests.factories.clients import signed_in
from tests.rooms.oversight.giving import LIST, confirmed, page_of, proposed, text


def test_leaving_is_a_verb_and_asks_before_it_is_done(ada: Who, eino: Who, nurse: Who) -> None:
    client = signed_in(ada)
    assert "Merkitse lähteneeksi" in text(client.get(page_of(nurse)))
    asked = text(client.get(f"{page_of(nurse)}departure/"))

    assert "Merkitse lähteneeksi ja päätä kaikki roolit nyt" in asked
    assert "Ei ole enää täällä töissä" not in text(client.get(page_of(nurse)))


def test_a_proposer_is_told_that_another_answers(ada: Who, eino: Who, nurse: Who) -> None:
    proposed(ada, nurse)
    for address in (f"{LIST}?view=waiting", page_of(nurse)):
        own, others = text(confirmed(ada).get(address)), text(confirmed(eino).get(address))
        assert ("Lue ja vastaa" in own, "Odottaa toista pääkäyttäjää" in own) == (False, True)
        assert ("Lue ja vastaa" in others, "Odottaa toista pääkäyttäjää" in others) == (True, False)
