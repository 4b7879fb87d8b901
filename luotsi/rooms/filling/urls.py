"""Answering without signing in: the address of a link, a QR code or a kiosk."""

from django.urls import path

from luotsi.rooms.filling import addresses
from luotsi.rooms.filling.pages import link

__all__ = ["addresses", "urlpatterns"]

urlpatterns = [
    path("<str:token>/", link.beginning, name="answers"),
    path("<str:token>/<place:number>/", link.question, name="answers-question"),
    path("<str:token>/review/", link.review, name="answers-review"),
    path("<str:token>/pause/", link.pause, name="answers-pause"),
    path("<str:token>/paper/", link.paper, name="answers-paper"),
    path("<str:token>/code.svg", link.code, name="answers-code"),
]
