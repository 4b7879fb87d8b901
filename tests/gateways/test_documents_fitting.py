"""Text measured before it stands on a slide."""

from luotsi.gateways.documents.slides.fitting import Piece, columns_of, even_columns, lines_of


def test_a_longer_text_takes_more_lines() -> None:
    assert lines_of("sana", 12, 200) == 1
    assert lines_of("sana " * 40, 12, 200) > lines_of("sana " * 20, 12, 200) > 1
    assert lines_of("sana " * 20, 16, 200) > lines_of("sana " * 20, 12, 200)


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    pieces = [piece for part in range(12) for piece in (Piece(0, f"Otsikko {part}"), Piece(1, "teksti " * (5 + part)))]
    columns = columns_of(pieces, body=14, width=3, height=2)

    assert [piece for column in columns for piece in column] == pieces
    assert len(columns) > 2
    assert all(column[-1].level != 0 for column in columns)


def test_even_columns_keep_every_piece_in_order_or_say_that_it_does_not_fit() -> None:
    pieces = [Piece(1, "sana " * 12) for _ in range(20)]
    columns = even_columns(pieces, body=12, width=4, height=6, count=2)

    assert columns is not None
    assert [len(column) for column in columns] == [10, 10]
    assert even_columns(pieces, body=12, width=4, height=0.5, count=2) is None
