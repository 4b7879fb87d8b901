"""Residents' strong identification by Suomi.fi-tunnistus: SAML 2.0, of which this folder is the only speaker."""
