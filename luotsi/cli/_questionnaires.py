"""The reference page of the questionnaires on the shelf: what each asks, how it is scored, and its worked examples."""

from collections.abc import Iterator

from luotsi.domain.questionnaires.definitions import Questionnaire, Score, questionnaires

_WAYS = {
    "sum": "the points added up",
    "mean": "the mean of the points",
    "share": "the share of the highest possible points, 0–100",
    "count": "the number of answers",
}


def page() -> str:
    lines = ["# Questionnaires on the shelf", ""]
    lines += [
        "| key | name | for | filled by | questions | scores | compared with its source |",
        "|--|--|--|--|--|--|--|",
    ]
    lines += [_row(form) for form in questionnaires().values()]
    for form in questionnaires().values():
        if form.scores:
            lines += ["", *_scored(form)]
    return "\n".join(lines)


def _row(form: Questionnaire) -> str:
    asked = sum(item.is_answered_by_people for item in form.every_item)
    verified = "yes" if form.verified else "no"
    cells = [f"`{form.key}`", form.name.en, form.purpose, form.audience, asked, len(form.scores), verified]
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _scored(form: Questionnaire) -> Iterator[str]:
    yield f"## {form.name.en} (`{form.key}`, version {form.version})"
    yield ""
    if form.source:
        yield form.source.strip().replace("\n", " ")
        yield ""
    for score in form.scores:
        yield f"- **{score.name.en}** (`{score.key}`): {_way(score)}{_bands(score)}"
    for example in form.examples:
        said = example.says if isinstance(example.says, str) else example.says.en or example.says.fi
        values = ", ".join(f"{key} {'none' if value is None else value}" for key, value in example.scores.items())
        if values:
            yield f"- Example: {said.strip()} → {values}"


def _way(score: Score) -> str:
    if score.way == "rule":
        return f"the rule `{score.rule}`"
    if score.way == "expression":
        return f"`{score.expression}`"
    return _WAYS[score.way] + (", the missing ones at the mean of the others" if score.prorate else "")


def _bands(score: Score) -> str:
    told = [f"{_from(band.least, band.most)} {band.name.en}" for band in score.bands]
    return f". {'; '.join(told)}" if told else ""


def _from(least: object, most: object) -> str:
    if least is None or most is None:
        return f"up to {most}" if least is None else f"{least} and over"
    return str(least) if least == most else f"{least}–{most}"
