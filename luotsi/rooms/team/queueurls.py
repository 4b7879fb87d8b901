"""The addresses of queues."""

from django.urls import path

from luotsi.rooms.team.pages import queues, recalls

urlpatterns = [
    path("queue/", queues.queue, name="queue"),
    path("queue/queue.csv", queues.table, name="queue-table"),
    path("queue/question/", queues.question, name="queue-question"),
    path("queue/<uuid:entry_id>/decision/", queues.decision, name="queue-decision"),
    path("queue/recalls/", recalls.recalls, name="recalls"),
    path("queue/recalls/<uuid:recall_id>/ending/", recalls.ending, name="recall-ending"),
    path("cases/<uuid:case_id>/waiting/", queues.waiting_of_case, name="case-waiting"),
]
