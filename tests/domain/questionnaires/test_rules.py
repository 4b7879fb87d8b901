"""What is asked, what is missing, and what signals danger."""

from luotsi.base.text import Text
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Condition, Danger, Item, Option, Questionnaire, questionnaires

HELP = Danger(title=Text(fi="Apua"), text=Text(fi="Soita"), phone=Text(fi="112"))
ASKED = Questionnaire(
    key="t",
    name=Text(fi="Koe"),
    version=1,
    intro=Text(fi="x"),
    dangers={"help": HELP},
    items=(
        Item(
            key="pain",
            type="choice",
            label=Text(fi="Kipu?"),
            required=True,
            options=(Option(value="no", label=Text(fi="ei")), Option(value="yes", label=Text(fi="on"))),
        ),
        Item(
            key="where",
            type="choices",
            label=Text(fi="Missä?"),
            required=True,
            show_when=Condition(item="pain", is_one_of=("yes",)),
            options=(
                Option(value="chest", label=Text(fi="rinta"), danger="help"),
                Option(value="leg", label=Text(fi="jalka")),
            ),
        ),
    ),
)


def test_a_question_that_was_not_asked_is_not_missing() -> None:
    assert rules.missing(ASKED, {"pain": "no"}) == []
    assert [item.key for item in rules.missing(ASKED, {"pain": "yes"})] == ["where"]


def test_an_answer_from_before_a_change_of_mind_is_dropped() -> None:
    assert rules.keep_asked(ASKED, {"pain": "no", "where": ["chest"]}) == {"pain": "no"}


def test_danger_is_seen_only_when_the_question_was_asked() -> None:
    assert rules.dangers(ASKED, {"pain": "yes", "where": ["leg", "chest"]}) == [HELP]
    assert rules.dangers(ASKED, {"pain": "no", "where": ["chest"]}) == []
    assert rules.dangers(ASKED, {"pain": "yes", "where": ["leg"]}) == []


def test_answers_are_read_in_words() -> None:
    assert rules.in_words(ASKED, {"pain": "yes", "where": ["leg", "chest"]}, "fi") == [
        ("Kipu?", "on"),
        ("Missä?", "jalka, rinta"),
    ]


def test_every_questionnaire_on_the_shelf_speaks_three_languages() -> None:
    assert questionnaires()
    for questionnaire in questionnaires().values():
        texts = [questionnaire.name, questionnaire.intro]
        texts += [item.label for item in questionnaire.items]
        texts += [option.label for item in questionnaire.items for option in item.options]
        texts += [text for danger in questionnaire.dangers.values() for text in (danger.title, danger.text)]
        assert [text.fi for text in texts if not text.is_complete] == []
