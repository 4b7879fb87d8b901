"""Addresses of what answers say together, of feedback as it comes, and of rounds."""

from django.urls import path

from luotsi.rooms.steering.pages import feedback, results, rounds

urlpatterns = [
    path("feedback/", feedback.boards, name="feedback-boards"),
    path("feedback/<slug:unit>/", feedback.board, name="feedback-board"),
    path("feedback/<slug:unit>/week/", feedback.week, name="feedback-week"),
    path("feedback/<slug:unit>/replies/", feedback.replies, name="feedback-replies"),
    path("feedback/<slug:unit>/replies/<uuid:reply_id>/withdrawal/", feedback.withdrawal, name="reply-withdrawal"),
    path("questionnaires/", results.questionnaires, name="results"),
    path("questionnaires/<slug:key>/", results.questionnaire, name="result"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/<uuid:collection_id>/", rounds.one_round, name="round"),
    path("rounds/<uuid:collection_id>/invitations/", rounds.invitations, name="round-invitations"),
    path("rounds/<uuid:collection_id>/closing/", rounds.closing, name="round-closing"),
]
