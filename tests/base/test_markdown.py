"""What an editor writes is read into known parts, and nothing that is written can run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base.markdown import Part, is_link, links, read
from tests.rooms.test_ui_components import drawn


def text(words: str) -> Part:
    return Part("text", words)


def shown(source: str, **addresses: str) -> str:
    there = {name.replace("_", ":", 1).replace("_", "-"): url for name, url in addresses.items()}
    return drawn("{% prose parts=parts addresses=addresses %}", parts=read(source), addresses=there)


def test_headings_lists_and_emphasis_are_read() -> None:
    first, second, third = read("# Apua\n\n* **heti**\n* [täältä](service:nurse)\n\n### Pian")

    assert first == Part("heading", parts=(text("Apua"),))
    assert second.kind == "bullets"
    assert second.parts[0].parts[0].parts == (Part("strong", parts=(text("heti"),)),)
    assert third == Part("subheading", parts=(text("Pian"),))
    assert list(links((second,))) == ["service:nurse"]


@pytest.mark.parametrize(
    "to", ["https://www.nollalinja.fi", "tel:116117", "mailto:apu@esimerkki.fi", "service:nurse", "guide:support"]
)
def test_a_link_may_lead_there(to: str) -> None:
    assert is_link(to)


@pytest.mark.parametrize(
    "to", ["javascript:alert(1)", "http://x.fi", "data:text/html,x", "/fi/", "//x.fi", "https://", "guide:../x", ""]
)
def test_a_link_may_not_lead_there_and_is_shown_as_words(to: str) -> None:
    assert not is_link(to)
    assert "<a" not in shown(f"[sana](<{to}>)")


def test_a_link_to_a_page_of_ours_leads_there_while_it_is_published() -> None:
    assert '<a href="/fi/services/nurse/">hoitaja</a>' in shown(
        "[hoitaja](service:nurse)", service_nurse="/fi/services/nurse/"
    )
    assert "<a" not in shown("[hoitaja](service:nurse)")
    assert "hoitaja" in shown("[hoitaja](service:nurse)")


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <b onclick=x>b</b>", "![x](https://x.fi/x.png)",
        "[x](javascript:alert(1))", "`<script>`", "    <script>", "```\n<script>\n```", "<https://x.fi/\"onclick=a>",
    ],
)  # fmt: skip
def test_nothing_that_is_written_can_run(source: str) -> None:
    out = shown(source)

    for tag in ("<script", "<img", "<b ", 'href="javascript', "onclick=a>"):
        assert tag not in out


@given(st.text(alphabet=st.sampled_from("ab \n#*_[]()<>!`-1.\"'&:/\\"), max_size=120))
def test_whatever_is_written_can_be_read_and_drawn(source: str) -> None:
    out = shown(source)

    for left in ("<a>", "<b", "<!", "<1", "<-"):
        assert left not in out.replace("<br>", "").replace("<blockquote>", "")
