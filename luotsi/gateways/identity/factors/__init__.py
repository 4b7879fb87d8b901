"""What a worker shows to prove that it is still them: a passkey (WebAuthn) or a code from an app (TOTP).

The protocols are django-allauth's (allauth.mfa, and Yubico's fido2 beneath it); pages and rules of use are ours.
"""
