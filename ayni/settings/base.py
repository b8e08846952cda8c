"""Settings shared by every environment; the table is in ``docs/operations.md``."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from ayni.settings import env, logging
from ayni.settings.jobs import *
from ayni.settings.reading import *

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = env.folder("AYNI_VAR_DIR", BASE_DIR / "var")

SECRET_KEY = env.text("AYNI_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.words("AYNI_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("AYNI_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "csp",
    "channels",
    "django_dramatiq",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "rest_framework_simplejwt.token_blacklist",
    "realtime",
    "jobs",
    "accounts",
    "uploads",
    "processing",
    "dashboard",
    "ops",
    "ayni",
]
MIDDLEWARE = [
    "accounts.middleware.request_context",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "ayni.urls"
ASGI_APPLICATION = "ayni.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dashboard.frame.frame",
            ]
        },
    }
]

# Postgres. Timeouts in milliseconds: a statement that waits longer is a bug, and an
# idle transaction holds locks other people need. The merge raises its own limit.
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **env.database("DATABASE_URL"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            # Claims keep their plans. 5 is psycopg's own number; nothing else uses it.
            "prepare_threshold": 5,
            "options": (
                "-c statement_timeout=30000 -c lock_timeout=10000"
                " -c idle_in_transaction_session_timeout=60000"
            ),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The addresses as they were given, for programs that hand them on.
DATABASE_URL = env.text("DATABASE_URL")
REDIS_URL = env.text("REDIS_URL")
BROKER_URL, CHANNELS_URL, LIMITS_URL = env.valkey_databases("REDIS_URL")

# The broker client must neither retry by itself (a lost reply would enqueue twice) nor
# wait for ever. Retries, delays and results live in the job row, not in Dramatiq.
DRAMATIQ_BROKER = {
    "BROKER": "jobs.broker.HintBroker",
    "OPTIONS": {"url": BROKER_URL, "namespace": "ayni"},
    "MIDDLEWARE": ["jobs.middleware.telemetry.Telemetry"],
}

# Without socket_timeout None a consumer dies after five idle seconds: redis-py 8
# gives every blocking read a default of 5 s (see docs/decisions).
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [{"address": CHANNELS_URL, "socket_timeout": None}],
            "prefix": "ayni",
        },
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": LIMITS_URL,
        "KEY_PREFIX": "ayni",
    }
}

# People
AUTH_USER_MODEL = "accounts.User"
# Addresses are unique without regard to case, by a constraint this check cannot read.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"django.contrib.auth.password_validation.{name}",
        "OPTIONS": options,
    }
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/uploads/"
LOGOUT_REDIRECT_URL = "/login/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# Five wrong passwords for one person from one address lock that pair for a while.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=5)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "accounts.services.signing_in.counted_name"

SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    "UPDATE_LAST_LOGIN": True,
    "ALGORITHM": "HS256",
    "SIGNING_KEY": env.text("AYNI_JWT_KEY", SECRET_KEY),
    "AUDIENCE": "ayni",
    "ISSUER": "ayni",
    "LEEWAY": 10,
    "USER_ID_CLAIM": "sub",
    "CHECK_REVOKE_TOKEN": True,
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.TokenAuthentication",
        "accounts.api.authentication.PageAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "accounts.api.openapi.DescribedWithProblems",
    "EXCEPTION_HANDLER": "accounts.api.errors.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Ayni",
    "DESCRIPTION": "Send a sales CSV; learn exactly which rows were refused, and why.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
}

# Pages
LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "ayni" / "locale"]
FORMAT_MODULE_PATH = ["ayni.formats"]
TIME_ZONE = "America/Santiago"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ayni.staticstorage.OwnModulesStorage"},
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LOG_LEVEL = env.text("AYNI_LOG_LEVEL", "INFO")
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging.configure(level=LOG_LEVEL)

# Uploads. Bytes of one file; higher fills the disk sooner, lower refuses honest files.
AYNI_UPLOAD_MAX_BYTES = env.integer("AYNI_UPLOAD_MAX_BYTES", 2 * 1024**3, lowest=1)
# Where uploaded files are kept: outside the web root, mode 0600.
AYNI_STORAGE_DIR = env.folder("AYNI_STORAGE_DIR", VAR_DIR / "uploads")
# Days files and history are kept; landed rows stay. 0 deletes at the next clean-up.
AYNI_UPLOAD_RETENTION_DAYS = env.integer("AYNI_UPLOAD_RETENTION_DAYS", 30)
# Whether a file of new rows is copied straight into the table; false merges every file
# from staging tables, which takes half as long again.
AYNI_DIRECT_LANDING = env.flag("AYNI_DIRECT_LANDING", default="true")
# Messages to a browser for one upload, a second. Higher costs Valkey and the page.
AYNI_PROGRESS_PER_SECOND = env.integer("AYNI_PROGRESS_PER_SECOND", 4, lowest=1)
