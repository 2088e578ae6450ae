"""Settings of the exchange, driven by the environment; `docs/deploy.md` lists every variable.

`EXCHANGE_MODE` is `production` unless it says `development`: nothing is open because a variable was forgotten.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from exchange import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("EXCHANGE_VAR", str(BASE_DIR / "var")))

DEVELOPMENT = env.mode() == "development"
DEBUG = DEVELOPMENT and env.yes("DEBUG", default=True)
SECRET_KEY = (
    env.text("SECRET_KEY", "development-only-" + "k" * 50)
    if DEVELOPMENT
    else env.required(
        "SECRET_KEY",
        "In production it must be a long random text; for a copy on your own machine set EXCHANGE_MODE=development.",
    )
)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost 127.0.0.1 [::1] testserver" if DEVELOPMENT else "")
SITE_ADDRESS = env.text("SITE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
if not DEVELOPMENT:
    env.required(
        "ALLOWED_HOSTS", "Name the hosts that the exchange answers to, for example: exchange.example.wales"
    )
    env.required("SITE_ADDRESS", "Give the public address, for example: https://exchange.example.wales")

INSTALLED_APPS = [
    "exchange.apps.ExchangeConfig",
    "search.apps.SearchConfig",
    "learning.apps.LearningConfig",
    "bookings.apps.BookingsConfig",
    "seminars.apps.SeminarsConfig",
    "themes.apps.ThemesConfig",
    "people.apps.PeopleConfig",
    "ui.apps.UiConfig",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "lucide",
    "reversion",
    "taggit",
]

MIDDLEWARE = [
    "exchange.page_cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "exchange.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "exchange.urls"
WSGI_APPLICATION = "exchange.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ui.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "lucide.templatetags.lucide",
                "ui.templatetags.ui",
                "ui.templatetags.days",
            ],
        },
    }
]
# What apps above put into pages of apps below, which know only that something may stand there.
BESIDE_AN_ORGANISATION = "themes/_beside_organisation.html"
BESIDE_A_DATE = "bookings/booking/_beside_date.html"
BESIDE_A_SEMINAR = "bookings/booking/_beside_seminar.html"
AMONG_DATE_ACTIONS = "bookings/organising/_among_date_actions.html"
ON_THE_DESK = "bookings/managing/_on_the_desk.html"
FORM_RENDERER = "ui.forms.PatternRenderer"

# The tests' databases are of the kind that DATABASE_URL names, too.
DATABASES = {"default": env.database(VAR_DIR / "exchange.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits live in the cache, so that it must be one for all processes: the database, or Redis where there is one.
REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
# Anonymous pages are kept in the process for this long: they are never more out of date than that.
PAGE_CACHE_SECONDS = env.number("PAGE_CACHE_SECONDS", 0 if DEVELOPMENT else 1)

AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:desk"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "people.forms.SignUpForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
# Beside allauth's own: bookings from one network, and links asked for again from one network and for one address. A council
# may be one network: `BOOKING_RATE` says more, or "" for no limit.
ACCOUNT_RATE_LIMITS = {
    "booking": env.text("BOOKING_RATE", "30/10m/ip"),
    "booking-link": "10/10m/ip,3/1h/key",
}
# Behind a proxy every request comes from the proxy: without this, all of Wales would be one network.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0 if DEVELOPMENT else 1)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Good Practice Exchange"
MFA_FORMS = {
    "add_webauthn": "people.key_forms.AddKeyForm",
    "edit_webauthn": "people.key_forms.EditKeyForm",
}
# Browsers allow passkeys on plain http only for localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT

LANGUAGES = [("cy", "Cymraeg"), ("en", "English")]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["ui.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 0 if DEVELOPMENT else 60 * 60
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

TAGGIT_CASE_INSENSITIVE = True

# Tasks only wake somebody up; what is to be done stands in rows. `worker`: a process that runs `manage.py db_worker`.
TASKS_RUN_IN = env.text("TASKS_RUN_IN", "request" if DEVELOPMENT else "worker")
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if TASKS_RUN_IN == "worker"
        else "django_tasks.backends.immediate.ImmediateBackend"
    }
}

DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "The Good Practice Exchange <exchange@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
# Letters that come back: to which address, and where the exchange reads of them (bookings/bounces.py).
BOUNCE_ADDRESS = env.text("BOUNCE_ADDRESS")
BOUNCE_MAILBOX = env.text("BOUNCE_MAILBOX")
BOUNCE_SECRET = env.text("BOUNCE_SECRET")
if DEVELOPMENT and not env.text("EMAIL_HOST"):
    # Mails land in a folder, which the page /mail/ shows in development.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
else:
    EMAIL_HOST = env.text("EMAIL_HOST", "127.0.0.1")
    EMAIL_PORT = env.number("EMAIL_PORT", 25)
    EMAIL_HOST_USER = env.text("EMAIL_USER")
    EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
    EMAIL_USE_TLS = env.yes("EMAIL_TLS")

# -- security ---------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "worker-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "" if DEVELOPMENT else SITE_ADDRESS)
CSRF_FAILURE_VIEW = "exchange.views.csrf_failure"
if not DEVELOPMENT:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.yes("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 60 * 60 * 24 * 365)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.yes("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.yes("SECURE_HSTS_PRELOAD", default=True)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"secrets": {"()": "exchange.hidden.HideSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # These two log the address of a request.
    "loggers": {name: {"filters": ["secrets"]} for name in ("django.request", "django.server")},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING" if DEVELOPMENT else "INFO")},
}

SITE_NAME = _("Good Practice Exchange")
