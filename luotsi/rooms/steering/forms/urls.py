"""The addresses of the county's forms."""

from django.urls import path

from luotsi.rooms.steering.forms.pages import listing, meaning, one, publishing, questions, trying, wording

_DRAFT = "drafts/<uuid:form_id>/"
urlpatterns = [
    path("", listing.listing, name="forms"),
    path("new/", listing.new, name="form-new"),
    path(_DRAFT, questions.questions, name="draft"),
    path(f"{_DRAFT}questions/", questions.additions, name="draft-questions"),
    path(f"{_DRAFT}question/", questions.question, name="draft-question"),
    path(f"{_DRAFT}steps/", questions.steps, name="draft-steps"),
    path(f"{_DRAFT}facts/", wording.facts, name="draft-facts"),
    path(f"{_DRAFT}translation/", wording.translation, name="draft-translation"),
    path(f"{_DRAFT}scores/", meaning.scores, name="draft-scores"),
    path(f"{_DRAFT}outcomes/", meaning.outcomes, name="draft-outcomes"),
    path(f"{_DRAFT}dangers/", meaning.dangers, name="draft-dangers"),
    path(f"{_DRAFT}parts/<slug:kind>/", meaning.part, name="draft-part"),
    path(f"{_DRAFT}trial/", trying.trial, name="draft-trial"),
    path(f"{_DRAFT}examples/", trying.examples, name="draft-examples"),
    path(f"{_DRAFT}checks/", publishing.checks, name="draft-checks"),
    path(f"{_DRAFT}proposal/", publishing.proposal, name="draft-proposal"),
    path(f"{_DRAFT}withdrawal/", publishing.withdrawal, name="draft-withdrawal"),
    path(f"{_DRAFT}publication/", publishing.publication, name="draft-publication"),
    path(f"{_DRAFT}removal/", publishing.removal, name="draft-removal"),
    path("<slug:key>/", one.form, name="form"),
    path("<slug:key>/copy/", one.copy, name="form-copy"),
    path("<slug:key>/version/", one.version, name="form-version"),
    path("<slug:key>/retirement/", one.retirement, name="form-retirement"),
    path("<slug:key>/paper/", one.paper, name="form-paper"),
    path("<slug:key>/paper.pdf", one.pdf, name="form-pdf"),
    path("<slug:key>/file.json", one.file, name="form-file"),
]
