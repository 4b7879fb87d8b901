"""Signing in by OpenID Connect: the county's staff, and residents through a broker in front of Suomi.fi.

The conversation (state, PKCE, the exchange of the code) is django-allauth's; what it leaves open is closed here: the
signature of every token, the nonce, the issuer, and that the two halves of the answer speak of one person.
"""
