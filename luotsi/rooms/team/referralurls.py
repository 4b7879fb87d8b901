"""Addresses of the referral book and of the guidance desk."""

from django.urls import path

from luotsi.rooms.team.pages import atdesk, consultations, dates, directions, picks, referrals, sending

urlpatterns = [
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<uuid:referral_id>/", referrals.referral, name="referral"),
    path("referrals/<uuid:referral_id>/dates/", dates.thread_dates, name="referral-dates"),
    path("referrals/<uuid:referral_id>/entries/", referrals.entries, name="referral-entries"),
    path("referrals/<uuid:referral_id>/drafts/<slug:step>/", atdesk.thread_draft, name="referral-draft"),
    path("referrals/consultation-times/<uuid:slot_id>/", consultations.consultation_time, name="consultation-time"),
    path(
        "referrals/consultation-times/<uuid:slot_id>/answers/<uuid:referral_id>/",
        consultations.answers,
        name="consultation-answer",
    ),
    path("cases/<uuid:case_id>/sendings/<slug:route>/", sending.sending, name="sending"),
    path("cases/<uuid:case_id>/directions/", directions.directions, name="directions"),
    path("cases/<uuid:case_id>/directions/sheet/", picks.sheet, name="picks-sheet"),
    path("cases/<uuid:case_id>/directions/<uuid:direction_id>/result/", directions.result, name="direction-result"),
    path("cases/<uuid:case_id>/directions/<slug:service>/", directions.direction, name="direction"),
]
