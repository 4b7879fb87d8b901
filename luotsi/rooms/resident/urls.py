"""The front door's addresses. They are nouns."""

from django.urls import path

from luotsi.rooms.resident.pages import contact, front, matters, session, texts

urlpatterns = [
    path("", front.front, name="front"),
    path("services/<slug:key>/", front.service, name="service"),
    path("services/<slug:key>/contact/", contact.contact, name="contact"),
    path("matters/", matters.matters, name="matters"),
    path("matters/<uuid:case_id>/", matters.matter, name="matter"),
    path("matters/<uuid:case_id>/times/<uuid:booking_id>/answer/", matters.answer, name="answer"),
    path("session/", session.session, name="session"),
    path("session/closure/", session.closure, name="session-closure"),
    path("session/kept/", session.kept, name="session-kept"),
    path("clocks/<str:rule>/", texts.clock, name="clock"),
    path("accessibility/", texts.accessibility, name="accessibility"),
]
