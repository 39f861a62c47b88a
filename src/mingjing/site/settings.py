"""Django settings, all derived from one typed ``Configuration``."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from mingjing.site.configuration import SETTINGS, SettingError, read_configuration, secret_key_of

CONFIGURATION, ORIGINS = read_configuration(os.environ)
KNOWN_SETTINGS = SETTINGS  # for `mingjing docs`, which may not import this layer

DEBUG = CONFIGURATION.debug
SECRET_KEY = secret_key_of(CONFIGURATION)
ALLOWED_HOSTS = list(CONFIGURATION.hosts)
ROOT_URLCONF = "mingjing.site.urls"
WSGI_APPLICATION = "mingjing.site.wsgi.application"
AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "mingjing.storage.people",
    "mingjing.storage.cases",
    "mingjing.storage.supervision",
    "mingjing.storage.batches",
    "mingjing.storage.records",
    "mingjing.storage.papers",
    "mingjing.storage.drafts",
    "mingjing.storage.indicators",
    "mingjing.storage.assignment",
    "mingjing.storage.leads",
    "mingjing.storage.published",
    "mingjing.storage.window",
    "mingjing.storage.security",
    "mingjing.storage.auditlog",
    "mingjing.intake",
    "mingjing.web",
    "mingjing.portal",
]

MIDDLEWARE = [
    "mingjing.web.middleware.AddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mingjing.web.middleware.ContentSecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mingjing.web.english.switch.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mingjing.web.middleware.ActorMiddleware",
    "mingjing.web.middleware.OwedMiddleware",
    "mingjing.web.middleware.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mingjing.web.context.shell",
            ],
            "builtins": [
                "mingjing.web.templatetags.mingjing_ui",
                "mingjing.web.templatetags.mingjing_lists",
            ],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    """Django's connection settings for ``url``; an empty url is SQLite in the data folder."""
    if not url:
        return {
            "ENGINE": "mingjing.storage.sqlite",
            "NAME": CONFIGURATION.data / "mingjing.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=268435456;"
                "PRAGMA cache_size=-32000;PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SettingError(
            f"设置 DATABASE_URL 的“{parts.scheme}”不支持。可用：postgresql://，或留空用 SQLite。"
            "例如：DATABASE_URL=postgresql://mingjing@127.0.0.1:5432/mingjing"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "mingjing",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 3600,  # with a connection go the statements PostgreSQL has prepared on it
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(CONFIGURATION.database_url)}

AUTHENTICATION_BACKENDS = ["mingjing.services.sign_in.AccountBackend"]
PASSWORD_HASHERS = [  # the first makes new ones; one made by another is made anew at the next log-in
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "mingjing.services.security.standing.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = CONFIGURATION.https
TIME_ZONE = CONFIGURATION.time_zone
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = CONFIGURATION.data / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = CONFIGURATION.data / "files"

SESSION_ENGINE = "mingjing.services.sessions"
SESSION_COOKIE_SECURE = CONFIGURATION.https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # how long it may last at most is decided in services.sessions
CSRF_COOKIE_SECURE = CONFIGURATION.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.https else None
SECURE_HSTS_SECONDS = CONFIGURATION.hsts_seconds if CONFIGURATION.https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # HTTPS and HSTS belong to the proxy in front

DATA_UPLOAD_MAX_MEMORY_SIZE = CONFIGURATION.upload_limit_mb * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

EMAIL_HOST = CONFIGURATION.email_host
EMAIL_PORT = CONFIGURATION.email_port
DEFAULT_FROM_EMAIL = CONFIGURATION.email_from
EMAIL_TIMEOUT = 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
