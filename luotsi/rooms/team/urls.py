"""The team room's addresses. They are nouns, and nobody's identity code or name stands in one."""

from django.urls import path

from luotsi.rooms.team import (
    calendarurls,
    contacturls,
    feedurls,
    fillingurls,
    listurls,
    measureurls,
    referralurls,
    stageurls,
    stopurls,
)
from luotsi.rooms.team.pages import (
    assessments,
    case,
    closure,
    consents,
    dates,
    details,
    emergency,
    mandates,
    offers,
    pairs,
    people,
    person,
    privacy,
    registrations,
    series,
    visits,
    worklist,
)

_cases = [
    path("", worklist.worklist, name="worklist"),
    path("cases/<uuid:case_id>/", case.case, name="case"),
    path("cases/<uuid:case_id>/dates/", dates.dates, name="case-dates"),
    path("cases/<uuid:case_id>/following/", worklist.following, name="following"),
    path("cases/<uuid:case_id>/answers/", case.answers, name="case-answers"),
    path("cases/<uuid:case_id>/assessments/", assessments.assessments, name="assessments"),
    path("cases/<uuid:case_id>/offers/", offers.offers, name="offers"),
    path("cases/<uuid:case_id>/offers/<uuid:booking_id>/withdrawal/", offers.withdrawal, name="withdrawal"),
    path("cases/<uuid:case_id>/times/", series.times, name="case-times"),
    path("cases/<uuid:case_id>/visits/", visits.visits, name="visits"),
    path("cases/<uuid:case_id>/closure/", closure.closure, name="closure"),
    path("cases/<uuid:case_id>/sharing/", privacy.sharing, name="case-sharing"),
    path("cases/<uuid:case_id>/privacy/", privacy.privacy, name="case-privacy"),
]
_people = [
    path("people/", people.people, name="people"),
    path("people/found/<uuid:handle>/", people.found, name="found"),
    path("people/found/<uuid:handle>/emergency/", emergency.emergency, name="emergency"),
    path("people/found/<uuid:handle>/registration/", registrations.registration, name="registration"),
    path("people/registration/", registrations.temporary, name="temporary-registration"),
    path("people/<uuid:resident_id>/", person.person, name="person"),
    path("people/<uuid:resident_id>/identity-code/", person.identity_code, name="person-code"),
    path("people/<uuid:resident_id>/contact-data/", person.contact_data, name="person-contact-data"),
    path("people/<uuid:resident_id>/emergency-ending/", emergency.ending, name="emergency-ending"),
    path("people/<uuid:resident_id>/verification/", person.verification, name="person-verification"),
    path("people/<uuid:resident_id>/details/", details.details, name="person-details"),
    path("people/<uuid:resident_id>/protection/", details.protection, name="person-protection"),
    path("people/<uuid:resident_id>/birth-date/", details.birth, name="person-birth"),
    path("people/<uuid:resident_id>/death/", details.death, name="person-death"),
    path("people/<uuid:resident_id>/mandates/", mandates.mandates, name="person-mandates"),
    path("people/<uuid:resident_id>/mandates/<uuid:mandate_id>/ending/", mandates.ending, name="person-mandate-ending"),
    path("people/<uuid:resident_id>/consents/", consents.consents, name="person-consents"),
    path("people/<uuid:resident_id>/consents/<slug:purpose>/", consents.consent, name="person-consent"),
]
_pairs = [
    path("pairs/", pairs.pairs, name="pairs"),
    path("pairs/<uuid:handle>/", pairs.pair, name="pair"),
    path("pairs/<uuid:record_id>/separation/", pairs.separation, name="separation"),
]
urlpatterns = [
    *_cases,
    *_people,
    *_pairs,
    *fillingurls.urlpatterns,
    *listurls.urlpatterns,
    *calendarurls.urlpatterns,
    *contacturls.urlpatterns,
    *feedurls.urlpatterns,
    *measureurls.urlpatterns,
    *referralurls.urlpatterns,
    *stageurls.urlpatterns,
    *stopurls.urlpatterns,
]
