"""Spreadsheets that people send: honest ones are read, hostile ones are told apart, and neither harms the house."""

import io
import random
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from luotsi.base.now import HELSINKI
from luotsi.gateways.spreadsheets import opening, reading
from luotsi.gateways.spreadsheets.looks import what_is_wrong
from luotsi.gateways.spreadsheets.problems import PROBLEMS, SpreadsheetError, letter
from luotsi.gateways.spreadsheets.reading import Column, read_rows
from luotsi.gateways.spreadsheets.writing import guarded, write_rows
from tests.gateways.corpus import HEAD, HOSTILE, archive, csv, entries_of, ods, sheet_xml, xlsx

COLUMNS = [
    Column("name", ("Nimi", "Namn", "Name")),
    Column("mail", ("Sähköposti", "E-post"), is_needed=False),
    Column("since", ("Alkaen", "Från"), is_needed=False),
]
SEED = 20260302


class Sent(io.BytesIO):
    """A file as the page gets it."""

    def __init__(self, content: bytes, name: str | None) -> None:
        super().__init__(content)
        self.name = name  # type: ignore[assignment]


def read(content: bytes, name: str = "a.xlsx") -> list[dict[str, Any]]:
    return read_rows(Sent(content, name), columns=COLUMNS)


def problem_of(content: bytes, name: str = "a.xlsx") -> SpreadsheetError:
    with pytest.raises(SpreadsheetError) as found:
        read(content, name)
    assert found.value.problem in PROBLEMS
    return found.value


@pytest.mark.parametrize("name, content", [("a.xlsx", xlsx()), ("B.ODS", ods()), ("c.csv", csv())])
def test_an_honest_file_is_read(name: str, content: bytes) -> None:
    first = read(content, name)[0]
    assert (first["row"], first["name"].split()[0], first["since"]) == (2, "Testi", "1.3.2026")


def test_cells_are_what_they_are_and_rows_keep_their_numbers() -> None:
    only_head = '<row r="1"><c r="A1" t="inlineStr"><is><t> NIMI </t></is></c></row>'
    made = xlsx([["name "], [], ["  Anna  "], [7.0], [True], [2.5]])
    assert [(row["row"], row["name"]) for row in read(made)] == [(3, "Anna"), (4, 7), (5, True), (6, 2.5)]
    assert problem_of(sheet_xml(only_head)).problem == "no_rows"
    dated = write_rows([{"a": "Anna", "b": date(2026, 3, 1)}], columns={"a": "Nimi", "b": "Alkaen"})
    assert read(dated)[0]["since"] == date(2026, 3, 1)


@pytest.mark.parametrize(
    "content",
    [
        csv(encoding="cp1252"), csv(encoding="utf-8-sig"), csv(encoding="utf-16"),
        csv("Nimi,Sähköposti\nTesti,t@example.org\n"), csv("Nimi\tSähköposti\r\nTesti\tt@example.org\r\n"),
        csv('"Nimi";"Sähköposti"\n"Testi";"t@example.org"\n'),
    ],
)  # fmt: skip
def test_text_files_are_read_as_spreadsheet_programs_write_them(content: bytes) -> None:
    assert read(content, "a.csv")[0]["mail"] == "t@example.org"


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_told_apart(what: str) -> None:
    name, make, problems = HOSTILE[what]
    began = perf_counter()
    found = problem_of(make(), name)
    assert found.problem in problems
    assert perf_counter() - began < 30
    assert str(found).endswith(PROBLEMS[found.problem][1])


def test_the_place_is_the_one_that_the_person_sees() -> None:
    long = problem_of(xlsx([HEAD, ["a", "b" * 1_001]]), "C:\\omat\\lista.xlsx")
    assert (long.file, long.sheet, long.row, long.column) == ("lista.xlsx", "Työntekijät", 2, "B")
    assert str(long).startswith("lista.xlsx, sheet Työntekijät, row 2, column B: there is more than")
    assert problem_of(xlsx([["x"], ["y"]])).heading == "Nimi"
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert problem_of(b"", "../../etc/pa\x00ss\nwd").file == "passwd"


def test_a_largest_honest_sheet_is_read() -> None:
    rows = [[f"Testi {n}", *[f"solu {n} {c}" for c in range(49)]] for n in range(5_000)]
    assert len(read(xlsx([["Nimi", *[f"k{c}" for c in range(49)]], *rows]))) == 5_000


def test_without_the_look_the_bombs_would_be_opened() -> None:
    """The negative control: the archive alone says nothing, and what the look forbids really grows."""
    content = HOSTILE["zip bomb"][1]()
    assert len(content) < 100_000
    assert sum(map(len, entries_of(content).values())) > 50_000_000
    assert (what_is_wrong(content, "xlsx"), what_is_wrong(xlsx(), "xlsx")) == ("grows", "")


def test_the_reader_is_held_by_its_limits(tmp_path: Any) -> None:
    """The control of each limit: a program that limits itself as the reader does, and then asks for more."""
    place = str(Path(opening.__file__).parent)
    limited = f"import sys; sys.path.insert(0, {place!r}); import opening; opening.limit_oneself(); "
    greedy = {
        "memory": "x = bytearray(900 * 1024 * 1024)",
        "time": "while True: pass",
        "a file": f"open({str(tmp_path / 'x')!r}, 'wb', buffering=0).write(b'x')",
    }
    for what, code in greedy.items():
        done = subprocess.run([sys.executable, "-c", limited + code], capture_output=True, timeout=30)
        assert done.returncode != 0, what
    assert subprocess.run([sys.executable, "-c", limited + "print(1)"], capture_output=True).stdout == b"1\n"
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 0, "we ourselves are not limited"


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WALL_SECONDS", 0.001)
    assert problem_of(xlsx()).problem == "grows"


def _mutated(chance: random.Random) -> tuple[bytes, str]:
    """An honest file with a few bytes changed, taken out, doubled or put in: outside, or inside its archive."""
    kind = chance.choice(["xlsx", "ods", "csv"])
    whole = {"xlsx": xlsx, "ods": ods, "csv": csv}[kind]()
    if kind == "csv" or chance.random() < 0.4:
        return _shaken(whole, chance), f"a.{kind}"
    entries = entries_of(whole)
    name = chance.choice([one for one in entries if entries[one] and one != "mimetype"])
    return archive(entries | {name: _shaken(entries[name], chance)}), f"a.{kind}"


def _shaken(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(made)), chance.randint(1, 40)
        match chance.randrange(5):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length] * chance.randint(1, 50)
            case 3:
                made[at:at] = chance.randbytes(length)
            case 4:
                made[at : at + 1] = chance.choice(
                    [b"<", b">", b"&#x0;", b"]]>", b"-1", b"99999999999", b"\0", b'"', b"NaN"]
                )
        made = made or bytearray(b"x")
    return bytes(made)


@pytest.mark.slow
def test_two_thousand_mutated_files_meet_only_our_own_errors(figures: Callable[[str], None]) -> None:
    """R25. A file that breaks this goes into the corpus."""
    count = 2_000

    def meet(number: int) -> str:
        content, name = _mutated(random.Random(SEED + number))
        try:
            read(content, name)
        except SpreadsheetError as error:
            return error.problem
        except Exception as error:
            return f"{number}: {type(error).__name__}: {error}"
        return "read"

    with ThreadPoolExecutor(2) as pool:
        met = Counter(pool.map(meet, range(count)))
    foreign = [what for what in met if what not in {*PROBLEMS, "read"}]
    figures(
        f"R25: {count} mutated spreadsheets: {len(foreign)} errors outside the domain's own, 0 crashes, {dict(met)}"
    )
    assert foreign == []
    assert met["read"] > 100, "the mutations must not all stop at the first look"
    assert met["broken"] > 100


@pytest.mark.parametrize(
    "cell, said",
    [
        ("=1+1", "'=1+1"), ("+358 40", "'+358 40"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"), (" =1", "' =1"), ("\n=1", "'\n=1"), ("\u00a0=1", "'\u00a0=1"), ("Anna", "Anna"),
        ("a=b", "a=b"), (-5, -5), (1.5, 1.5), (True, True), (None, ""), ("", ""),
    ],
)  # fmt: skip
def test_what_a_program_would_run_is_given_as_text(cell: Any, said: Any) -> None:
    assert guarded(cell) == said


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_written_file_holds_no_formula_and_reads_back(kind: Any) -> None:
    nasty = '=HYPERLINK("https://evil.example","x")'
    moment = datetime(2026, 3, 2, 9, 10, tzinfo=HELSINKI)
    made = write_rows([{"a": nasty, "b": moment}], columns={"a": "Nimi", "b": "Alkaen"}, kind=kind)
    row = read(made, f"a.{kind}")[0]
    assert row["name"] == f"'{nasty}"
    assert "9:10" in str(row["since"]) or str(row["since"]).startswith("2026-03-02")
    if kind == "xlsx":
        assert all(
            b"<f>" not in content and b"hyperlink" not in content.lower().replace(b"=hyperlink", b"")
            for name, content in entries_of(made).items()
            if "sheet1" in name
        )
