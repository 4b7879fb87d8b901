"""Luotsi: one record from a resident's first contact to the ministry's report."""

__version__ = "0.1.0"
