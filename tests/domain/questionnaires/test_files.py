"""Which files are taken as answers, and what is kept of them: a picture tells only itself."""

import io

import pytest
from PIL import Image

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import questionnaires
from luotsi.domain.questionnaires.rules import files
from luotsi.domain.questionnaires.rules.files import Unfit, judged
from tests.factories.files import MARK, chunk, jpeg, large, pdf, png

HTML = b"<html><script>alert(1)</script></html>"
ZIP = b"PK\x03\x04" + bytes(200)


def pixels(content: bytes) -> bytes:
    return Image.open(io.BytesIO(content)).convert("RGB").tobytes()


def why(name: str, content: bytes) -> str:
    with pytest.raises(Unfit) as refused:
        judged(name, content)
    return refused.value.kind


@pytest.mark.parametrize("make, kind", [(jpeg, "image/jpeg"), (png, "image/png")])
def test_a_picture_is_kept_as_it_looks_and_without_what_it_tells(make: object, kind: str) -> None:
    content = make()  # type: ignore[operator]
    sound = judged("kuva.bin", content)

    assert MARK.encode() in content
    assert MARK.encode() not in sound.content
    assert not Image.open(io.BytesIO(sound.content)).getexif()
    assert (sound.kind, pixels(sound.content)) == (kind, pixels(content))


@pytest.mark.parametrize("turned", [3, 6, 8])
def test_how_a_picture_is_turned_stays_and_nothing_else_of_it(turned: int) -> None:
    kept = judged("kuva.jpg", jpeg(turned=turned)).content

    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {0x0112: turned}
    assert MARK.encode() not in kept


def test_a_paper_is_kept_as_it_is() -> None:
    assert judged("lausunto.pdf", pdf()).content == pdf()


def test_a_picture_that_is_drawn_in_several_passes_is_whole() -> None:
    held = io.BytesIO()
    Image.effect_noise((200, 160), 80).convert("RGB").save(held, "JPEG", progressive=True, icc_profile=b"profile" * 90)
    kept = judged("kuva.jpg", held.getvalue()).content

    assert pixels(kept) == pixels(held.getvalue())
    assert Image.open(io.BytesIO(kept)).info["icc_profile"] == b"profile" * 90


@pytest.mark.parametrize("behind", [HTML, ZIP, pdf(), HTML * 50_000])
@pytest.mark.parametrize("make", [jpeg, png])
def test_what_travels_behind_a_picture_is_left_out(make: object, behind: bytes) -> None:
    """A picture that is another file too, for a reader that looks for its end or for a sign further on."""
    content = make()  # type: ignore[operator]
    kept = judged("kuva.jpg", content + behind).content

    assert kept == judged("kuva.jpg", content).content
    assert behind[:40] not in kept


def test_what_travels_behind_a_paper_is_left_out() -> None:
    assert judged("a.pdf", pdf() + ZIP).content == pdf()


HOSTILE = {
    "nothing": (b"", "empty"),
    "six megabytes": (jpeg() + bytes(6_000_000), "too_large"),
    "a page": (HTML, "wrong_kind"),
    "a page that says it is a picture": (b"\n" + jpeg(), "wrong_kind"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "wrong_kind"),
    "a packed folder": (ZIP, "wrong_kind"),
    "a program": (b"MZ" + bytes(900), "wrong_kind"),
    "a moving picture": (b"GIF89a" + bytes(900), "wrong_kind"),
    "a paper behind something else": (b"hello" * 30 + pdf(), "wrong_kind"),
    "the beginning of a picture": (jpeg()[:400], "damaged"),
    "only a picture's first bytes": (b"\xff\xd8\xff", "damaged"),
    "first bytes before a page": (b"\xff\xd8\xff\xe0" + HTML, "damaged"),
    "a picture of nothing": (b"\xff\xd8\xff\xd9", "damaged"),
    "a picture without a scan": (b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00\xff\xd9", "damaged"),
    "very many parts": (b"\xff\xd8" + b"\xff\xe1\x00\x02" * 900_000, "damaged"),
    "nothing but signs": (b"\xff\xd8" + b"\xff" * 4_000_000, "damaged"),
    "a drawn picture cut short": (png()[:-30], "damaged"),
    "a drawn picture with a wrong sum": (png()[:-20] + b"x" + png()[-19:], "damaged"),
    "a drawn picture of no size": (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"IEND", b""), "damaged"),
    "a drawn picture of a county's size": (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\x00\xff\xff\xff\x00\xff\xff\xff\x08\x02\x00\x00\x00"), "damaged"
    ),
    "very many drawn parts": (png()[:33] + chunk(b"tEXt", b"") * 300_000, "damaged"),
    "a paper without an end": (b"%PDF-1.7\n" + bytes(9_000), "damaged"),
    "a paper with a program": (pdf(says=b"<</S/JavaScript/JS(app.alert(1))>>"), "active"),
    "a paper that starts something": (pdf(says=b"<</S/Launch/F(cmd.exe)>>"), "active"),
    "a paper with another file in it": (pdf(says=b"<</Type/EmbeddedFile>>"), "active"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_picture_and_no_plain_paper_is_refused(what: str) -> None:
    content, kind = HOSTILE[what]

    assert why("kuva.jpg", content) == kind


def test_the_largest_that_fits_is_taken_and_one_more_part_is_not() -> None:
    assert len(judged("kuva.jpg", large(4_900_000)).content) > 4_700_000
    assert why("kuva.jpg", large(5_100_000)) == "too_large"


NAMES = {
    "kuva.jpg": "kuva.jpg",
    "../../etc/passwd": "passwd.jpg",
    "C:\\Users\\Maija\\Kuvat\\haava 1.JPG": "haava 1.jpg",
    "kuva.jpg.exe": "kuva.jpg.jpg",
    "hampaat": "hampaat.jpg",
    "": "file.jpg",
    ".htaccess": "htaccess.jpg",
    "..": "file.jpg",
    "a\x00b\r\nSet-Cookie: x.jpg": "abSet-Cookie x.jpg",
    "kuva\u202egpj.exe": "kuvagpj.jpg",
    '<img src="x">.png': "img src= x.jpg",
    "ä" * 300 + ".jpg": "ä" * 60 + ".jpg",
    "a\u0308iti.jpg": "äiti.jpg",
    "131052-308T.jpg": "file.jpg",
    "Maija 131052-308T lausunto.pdf": "file.jpg",
}


@pytest.mark.parametrize("said", NAMES)
def test_a_name_is_cleaned_and_never_carries_an_identity_code(said: str) -> None:
    assert judged(said, jpeg()).name == NAMES[said]


def test_one_response_holds_so_many_files_and_so_much() -> None:
    files.check_room([1] * files.MOST_FILES)
    for sizes, kind in (([1] * (files.MOST_FILES + 1), "too_many"), ([files.MOST_BYTES] * 5, "too_much")):
        with pytest.raises(Unfit) as refused:
            files.check_room(sizes)
        assert refused.value.kind == kind


KEPT = files.kept("0190c1de-0000-7000-8000-000000000001", name="haava.jpg", kind="image/jpeg", size=1_240_000)


def test_a_file_is_said_by_its_name_and_size() -> None:
    item = next(one for one in questionnaires()["need_oral"].every_item if one.type == "file")

    assert rules.words(item, [KEPT], "fi") == "haava.jpg (1,2 Mt)"
    assert rules.words(item, [KEPT, {**KEPT, "size": 900}], "en") == "haava.jpg (1.2 MB), haava.jpg (1 kB)"


@pytest.mark.parametrize(
    "wrong, kind",
    [
        ("kuva.jpg", "not_a_file"),
        ({"url": "https://example.org/kuva.jpg"}, "not_a_file"),
        ({**KEPT, "kind": "text/html"}, "wrong_kind"),
        ({**KEPT, "size": 5_000_001}, "too_large"),
        ({**KEPT, "size": True}, "too_large"),
        ({**KEPT, "name": "a" * 400}, "not_a_file"),
        ({**KEPT, "name": "a\x00"}, "not_a_file"),
        ([KEPT] * 4, "too_many"),
    ],
)
def test_what_stands_for_no_file_is_no_answer(wrong: object, kind: str) -> None:
    found = rules.check(questionnaires()["need_oral"], "picture", wrong)

    assert isinstance(found, rules.Problem)
    assert found.kind == kind


def test_the_files_among_answers_are_found_and_renamed_in_rows_too() -> None:
    answers = {"one": KEPT, "rows": [{"two": [KEPT, {**KEPT, "file": "b"}]}, {"three": "words"}]}

    assert list(files.named_in(answers)) == [KEPT["file"], KEPT["file"], "b"]
    assert list(files.named_in(files.renamed(answers, {"b": "c"}))) == [KEPT["file"], KEPT["file"], "c"]
