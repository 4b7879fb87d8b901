"""The front door's addresses. They are nouns."""

from django.urls import path

from luotsi.rooms.resident.pages import (
    acting,
    confirmation,
    consents,
    contact,
    front,
    identity,
    mail,
    matters,
    own,
    requests,
    session,
    texts,
)

urlpatterns = [
    path("", front.front, name="front"),
    path("services/<slug:key>/", front.service, name="service"),
    path("services/<slug:key>/contact/", contact.contact, name="contact"),
    path("matters/", matters.matters, name="matters"),
    path("matters/<uuid:case_id>/", matters.matter, name="matter"),
    path("matters/<uuid:case_id>/times/<uuid:booking_id>/answer/", matters.answer, name="answer"),
    path("matters/<uuid:case_id>/times/<uuid:booking_id>/cancellation/", matters.cancellation, name="cancellation"),
    path("own/", own.own, name="own"),
    path("own/identity-code/", own.identity_code, name="identity-code"),
    path("own/details/", own.details, name="own-details"),
    path("own/mail/", mail.mail, name="own-mail"),
    path("own/mail/code/", mail.code, name="own-mail-code"),
    path("own/consents/", consents.consents, name="consents"),
    path("own/consents/<slug:purpose>/", consents.consent, name="consent"),
    path("own/correction/", requests.correction, name="correction"),
    path("acting/", acting.acting, name="acting"),
    path("acting/mandates/<uuid:mandate_id>/ending/", acting.ending, name="mandate-ending"),
    path("session/", session.session, name="session"),
    path("session/closure/", session.closure, name="session-closure"),
    path("session/kept/", session.kept, name="session-kept"),
    path("session/confirmation/", confirmation.confirmation, name="session-confirmation"),
    path("session/confirmation/passkey/", confirmation.passkey, name="passkey"),
    path("session/confirmation/app/", confirmation.code_app, name="code-app"),
    path("session/confirmation/closure/", confirmation.factor_closure, name="factor-closure"),
    path("session/oidc/<slug:way>/", identity.question, name="oidc"),
    path("clocks/<str:rule>/", texts.clock, name="clock"),
    path("accessibility/", texts.accessibility, name="accessibility"),
]
