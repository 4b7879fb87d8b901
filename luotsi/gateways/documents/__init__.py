"""Office files from a programme's month: the funder's monthly report in Word, the steering group's deck in PowerPoint.

    monthly_report_docx(report) -> bytes        headings as in the funder's portfolio (Hankesalkku)
    steering_deck_pptx(report) -> bytes         charts are native: the receiver can open and edit their figures

`report` is a `luotsi.domain.programmes.queries.MonthlyReport`; its language is that of the headings. Texts that a
source printed in Finnish stay Finnish and are marked so for a screen reader.
"""

from luotsi.gateways.documents.slides.deck import steering_deck_pptx
from luotsi.gateways.documents.word.fill import monthly_report_docx

__all__ = ["monthly_report_docx", "steering_deck_pptx"]
