"""The gallery's address."""

from django.urls import path

from luotsi.ui.gallery import gallery

urlpatterns = [path("", gallery, name="gallery")]
