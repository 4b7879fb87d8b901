"""The addresses of keeping guides."""

from django.urls import path

from luotsi.rooms.steering.guides import drafts, keeping

urlpatterns = [
    path("", keeping.listing, name="guides-kept"),
    path("new/", drafts.new, name="guide-new"),
    path("drafts/<uuid:guide_id>/", drafts.draft, name="guide-draft"),
    path("drafts/<uuid:guide_id>/publication/", drafts.publication, name="guide-publication"),
    path("drafts/<uuid:guide_id>/removal/", drafts.removal, name="guide-removal"),
    path("<slug:key>/", keeping.history, name="guide-history"),
    path("<slug:key>/version/", keeping.version, name="guide-next"),
    path("<slug:key>/review/", keeping.review, name="guide-review"),
    path("<slug:key>/ending/", keeping.ending, name="guide-ending"),
]
