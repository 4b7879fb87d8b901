"""The programme room's addresses."""

from django.urls import path

from luotsi.rooms.programme.pages import contents, plan, reports

urlpatterns = [
    path("", plan.programmes, name="programmes"),
    path("<slug:key>/", plan.programme, name="programme"),
    path("<slug:key>/parts/<slug:part_key>/", plan.part, name="programme-part"),
    path("<slug:key>/measures/", contents.measures, name="programme-measures"),
    path("<slug:key>/evaluation/", contents.evaluation, name="programme-evaluation"),
    path("<slug:key>/pilots/", contents.pilots, name="programme-pilots"),
    path("<slug:key>/people/", contents.people, name="programme-people"),
    path("<slug:key>/background/", contents.background, name="programme-background"),
    path("<slug:key>/money/", plan.money, name="programme-money"),
    path("<slug:key>/risks/", plan.risks, name="programme-risks"),
    path("<slug:key>/communication/", plan.communication, name="programme-communication"),
    path("<slug:key>/report.docx", reports.report, name="programme-report"),
    path("<slug:key>/deck.pptx", reports.deck, name="programme-deck"),
]
