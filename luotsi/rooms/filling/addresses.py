"""The place of a question in its form, as a step of an address: 1, 2, 3. No number of anybody."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class PlaceConverter(IntConverter):
    regex = "[0-9]{1,4}"


register_converter(PlaceConverter, "place")
