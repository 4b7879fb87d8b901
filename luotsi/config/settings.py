"""Every setting, read from the environment. Nothing set gives the demonstration; LUOTSI_MODE=production fails closed.

LUOTSI_MODE       demo (default) or production
LUOTSI_DATA       folder for the embedded database, keys, facts and mail of the demonstration (default: data/)
LUOTSI_COUNTY     whose own shelf files go first (default: kainuu)
DATABASE_URL      postgresql://…; without it an embedded server starts. The login of pages and worker: it owns no table
DATABASE_OWNER_URL  the login that owns and migrates the tables; without it DATABASE_URL does (never in production)
LUOTSI_HOSTS      comma-separated host names (production must name them)
LUOTSI_URL        the address residents open, for links in mail
LUOTSI_PROXIES    how many proxies of our own stand before Luotsi (default 0): they say who calls, and that it was https
LUOTSI_SEALS      folder for the anchor of the usage log, better on another machine (default: seals in LUOTSI_DATA)
LUOTSI_MAIL       smtps://user:password@host:port, or smtp+starttls://, or smtp:// without encryption;
                  without it mail is written to LUOTSI_DATA/mail
LUOTSI_OIDC_…     identification services: see luotsi/config/identity.py
LUOTSI_SAML_…     Suomi.fi e-Identification: see luotsi/config/suomifi.py
LUOTSI_PTV        address of the national Service Catalogue's open API, …/api/v11 or …/api/v12, asked every night
                  (without it: not at all)
LUOTSI_PTV_KEY    the key that its v12 asks for
LUOTSI_OUTBOUND   comma-separated hosts that Luotsi may call (port 443, or host:port); nobody else is called
LUOTSI_OUTBOUND_INTERNAL  host:port of such ones in the county's own network
LUOTSI_OUTBOUND_CA        file of certificates to trust instead of the usual ones, for the county's own authority
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from luotsi.config.identity import oidc_services
from luotsi.config.postgres import databases
from luotsi.config.secrets import MissingKey, key
from luotsi.config.suomifi import saml_service


def _list(name: str) -> list[str]:
    return [entry.strip() for entry in os.environ.get(name, "").split(",") if entry.strip()]


BASE_DIR = Path(__file__).resolve().parents[2]
MODE = os.environ.get("LUOTSI_MODE", "demo")
PRODUCTION = MODE == "production"
if MODE not in {"demo", "production"}:
    raise MissingKey(f"LUOTSI_MODE is {MODE!r}; it is either demo or production.")

DATA = Path(os.environ.get("LUOTSI_DATA") or BASE_DIR / "data").resolve()
COUNTY = os.environ.get("LUOTSI_COUNTY", "kainuu")

DEBUG = False
SECRET_KEY = key("LUOTSI_SECRET_KEY", DATA, production=PRODUCTION)
IDENTITY_KEY = key("LUOTSI_IDENTITY_KEY", DATA, production=PRODUCTION)
PSEUDONYM_KEY = key("LUOTSI_PSEUDONYM_KEY", DATA, production=PRODUCTION)
SEAL_KEY = key("LUOTSI_SEAL_KEY", DATA, production=PRODUCTION)
SEALS = Path(os.environ.get("LUOTSI_SEALS") or DATA / "seals").resolve()

# Identity codes 900-999 belong to nobody: for the demonstration and the tests.
ALLOW_TEMPORARY_CODES = os.environ.get("LUOTSI_HETU_ALLOW_TEMPORARY", "no" if PRODUCTION else "yes") == "yes"

ALLOWED_HOSTS = _list("LUOTSI_HOSTS")
if PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise MissingKey("LUOTSI_MODE=production needs LUOTSI_HOSTS: the host names, without a wildcard.")
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]

NOUNS = [
    "events",
    "organisation",
    "people",
    "catalogue",
    "clocks",
    "questionnaires",
    "messaging",
    "bookings",
    "cases",
    "indicators",
    "programmes",
]
ROOMS = ["resident", "team", "steering", "programme", "oversight"]

INSTALLED_APPS = [
    "luotsi.ui",  # before django.forms, or its override of the form field is silently ignored
    "django.forms",
    "django.contrib.contenttypes",
    "django.contrib.auth",  # what allauth needs of it; nobody signs in with a password
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    *[f"luotsi.domain.{noun}" for noun in NOUNS],
    *[f"luotsi.rooms.{room}" for room in ROOMS],
    "luotsi.rooms.filling",
    *(["luotsi.demo"] if MODE == "demo" else []),
    "luotsi.config",
]

MIDDLEWARE = [
    "luotsi.config.middleware.request_id",  # these two never answer themselves, so that every answer passes them
    "csp.middleware.CSPMiddleware",
    "luotsi.config.middleware.readable_address",
    "django.middleware.security.SecurityMiddleware",
    "luotsi.config.statics.Statics",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "luotsi.config.middleware.viewer",
    "luotsi.config.ceilings.Ceilings",
]

ROOT_URLCONF = "luotsi.config.urls"
ASGI_APPLICATION = "luotsi.config.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
_CACHED = (
    "django.template.loaders.cached.Loader",
    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [_CACHED])],
            "builtins": ["template_partials.templatetags.partials", "luotsi.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "luotsi.ui.context.layout",
                "luotsi.rooms.context.navigation",
            ],
        },
    }
]

if PRODUCTION and not os.environ.get("DATABASE_URL"):
    raise MissingKey("LUOTSI_MODE=production needs DATABASE_URL; the embedded PostgreSQL asks for no password.")
DATABASES = databases(DATA, MODE)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "luotsi" / "rooms" / "locale"]
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static" if PRODUCTION else None  # production gathers them there with collectstatic
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_ENGINE = "luotsi.config.sessions"  # which says how long one holds; the cookie goes with the browser
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie of its own would tell them
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if PRODUCTION else ("sessionid", "csrftoken")
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
if not (_proxies := os.environ.get("LUOTSI_PROXIES") or "0").isdigit():
    raise MissingKey(f"LUOTSI_PROXIES is {_proxies!r}; it is how many proxies of our own stand before Luotsi: 0, 1, 2.")
PROXIES = int(_proxies)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # a load balancer asks without TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "luotsi.config.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "upgrade-insecure-requests": PRODUCTION,
    }
}

OIDC = oidc_services(os.environ, production=PRODUCTION)  # the variables stand in luotsi/config/identity.py
AUTH_USER_MODEL = "luotsi_config.Account"
AUTHENTICATION_BACKENDS: list[str] = []
SOCIALACCOUNT_ADAPTER = "luotsi.gateways.identity.oidc.adapter.Services"
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS = {"email"}, ["email*"]
ACCOUNT_RATE_LIMITS = False  # its counts are per process; ours (luotsi/config/allowance.py) are not
MFA_ADAPTER = "luotsi.gateways.identity.factors.adapter.Factors"
MFA_SUPPORTED_TYPES, MFA_WEBAUTHN_USER_VERIFICATION, MFA_TOTP_TOLERANCE = ["totp", "webauthn"], "required", 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # it would look for addresses that we do not keep there

_mail = urlsplit(os.environ.get("LUOTSI_MAIL", ""))
_mail_backends = "luotsi.gateways.delivery.timed.TimedBackend", "django.core.mail.backends.filebased.EmailBackend"
EMAIL_BACKEND = _mail_backends[0 if _mail.hostname else 1]
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or {"smtps": 465, "smtp+starttls": 587}.get(_mail.scheme, 25)
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+starttls"
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("LUOTSI_MAIL_FROM", "luotsi@example.org")

PUBLIC_URL = os.environ.get("LUOTSI_URL", "http://localhost:8000/")
SAML = saml_service(os.environ)

PTV = os.environ.get("LUOTSI_PTV", "")
PTV_KEY = os.environ.get("LUOTSI_PTV_KEY", "")
OUTBOUND = _list("LUOTSI_OUTBOUND")
OUTBOUND_INTERNAL = _list("LUOTSI_OUTBOUND_INTERNAL")
OUTBOUND_CA = os.environ.get("LUOTSI_OUTBOUND_CA", "")

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
# A resident's picture never stands unsealed on a disk: what fits into a request (config/outermost.py) fits into memory.
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

LOGGING_CONFIG = "luotsi.config.redaction.configure"  # no identity code in any line, whoever writes it
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "luotsi.config.redaction.Lines",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LUOTSI_LOG", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # Django's own would mail whole requests to administrators
        "uvicorn": {"handlers": [], "level": "WARNING"},
        "uvicorn.error": {"handlers": [], "level": "WARNING"},
        "uvicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},  # a proxy keeps the access log
    },
}
