"""Every setting, read from the environment, with defaults that are safe; reading them makes no file."""

from pathlib import Path

import environ

from newsreader.installation import BASE_DIR, data_dir, secret_key
from newsreader.mail_settings import parse_email_url
from newsreader.private_files import FILE_MODE, FOLDER_MODE

env = environ.Env()

DATA_DIR = data_dir()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# What this site allows.
NEWSREADER_SIGNUP = env.bool("NEWSREADER_SIGNUP", default=False)
NEWSREADER_ALLOW_LOOPBACK = env.bool("NEWSREADER_ALLOW_LOOPBACK", default=False)
NEWSREADER_HTTPS = env.bool("NEWSREADER_HTTPS", default=False)
NEWSREADER_CONTACT = env.str("NEWSREADER_CONTACT", default="")  # who runs it: a mail address, a link or words
NEWSREADER_IMAGES = env.bool("NEWSREADER_IMAGES", default=True)  # whether those of articles are fetched and shown
NEWSREADER_KEPT_FILES = env.int("NEWSREADER_KEPT_FILES", default=20)  # of one person: exports, and imports that wait
NEWSREADER_KEPT_MB = env.int("NEWSREADER_KEPT_MB", default=500)
NEWSREADER_MAIL = bool(env.str("EMAIL_URL", default=""))  # whether mail can be sent
# The address of this site in mails that no request asks for.
NEWSREADER_SITE = env.str("NEWSREADER_SITE", default=f"http://localhost:{env.str('PORT', default='8000')}")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "tree_queries",
    "allauth",
    "allauth.account",
    "newsreader",
    "annotations",
    "django_tasks",
    "django_tasks_db",  # behind annotations, which has a db_worker of its own
]

MIDDLEWARE = [
    "annotations.response_steps.send_in_steps",
    "newsreader.middleware.keep_private",
    "newsreader.middleware.drop_unreadable_cookies",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsreader.middleware.CompressPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "newsreader.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "newsreader.middleware.lead_to_page",
    "newsreader.middleware.attach_preferences",
    "annotations.middleware.attach_current_project",
    "newsreader.admin.lookups.LookupMiddleware",
    "newsreader.views.unsaved.UnsavedMiddleware",
]

ROOT_URLCONF = "newsreader.urls"
WSGI_APPLICATION = "newsreader.wsgi.application"
APPEND_SLASH = True

TEMPLATE_LOADERS = ["newsreader.template_loader.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# So long somebody waits for others who write; then they are told that the database is busy.
LOCK_SECONDS = 10
# SQLite: IMMEDIATE, or writers that began as readers fail; WAL, so that readers never wait; FULL, so that what was answered is kept.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": LOCK_SECONDS,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
}
NEWSREADER_BIN_DAYS = env.int("NEWSREADER_BIN_DAYS", default=30)  # that deleted highlights can be restored; 0: always
NEWSREADER_UPDATES_SECONDS = env.int("NEWSREADER_UPDATES_SECONDS", default=25)  # between the questions of an open page
NEWSREADER_BLIND_STEP_MS = env.int("NEWSREADER_BLIND_STEP_MS", default=100)  # when those who read blind are answered
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'newsreader.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {"ENGINE": "newsreader.sqlite3", "OPTIONS": SQLITE}
else:
    options = DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = f"-c lock_timeout={LOCK_SECONDS}s {options.get('options', '')}".strip()
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# allauth counts failed sign-ins in "default": in the database, where nothing makes room for anything else.
# What pages show again is in "pages", for all processes; "fragments" has the parts of pages that
# all readers of a kind see alike, of each process its own. Both are bounded.
CACHES = {
    "default": {"BACKEND": "newsreader.rate_limits.RateLimitCache"},
    "pages": env.cache("CACHE_URL", default=f"filecache://{DATA_DIR.resolve() / 'cache'}?max_entries=300"),
    "fragments": {"BACKEND": "newsreader.lru_cache.LRUCache", "OPTIONS": {"MAX_BYTES": 48_000_000}},
}

# What the version before cached may be of classes that have other names now: raise this when such a class is renamed or moved.
CACHES["pages"]["VERSION"] = 2

# Exports and large imports wait in the database for a worker: manage.py db_worker.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# English is the source; `make messages` lists every string in locale/.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True
FORMAT_MODULE_PATH = "newsreader.formats"

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("NEWSREADER_STATIC", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = FILE_MODE, FOLDER_MODE
# A web server may send the static files itself where they lie outside the data folder.
PUBLIC_MODES = {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "newsreader.staticfiles.Storage",
        "OPTIONS": {} if STATIC_ROOT.is_relative_to(DATA_DIR) else PUBLIC_MODES,
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
ARTICLE_FOLLOWERS = [
    "annotations.models.history.renew_projects",
    "newsreader.models.story.follow_articles",
]  # what follows where an article appears, disappears or has another title
STORY_FOLLOWERS = [
    "annotations.models.history.renew_projects"
]  # what follows where articles are parts of another story
REVISION_FOLLOWERS = [
    "annotations.models.reanchoring.reanchor_article",
    "newsreader.models.story.follow_revision",
    "newsreader.images.tasks.follow_text",
]  # what follows from a new text, in its transaction
ARRIVAL_FOLLOWERS = [
    "newsreader.images.tasks.follow_text"
]  # what follows where a text comes from outside, even if it was here already
ARTICLE_SCOPES = "annotations.models.membership.select_scopes"  # whose private articles a user may read
UNREAD_COUNT = "annotations.models.notification.count_unread"  # what the head says is new for a user, as an expression
READS_BLIND = "annotations.models.blindness.reads_blind"  # whether anything is hidden from a user, as an expression

# A pasted text may be 2 MB, and a form sends it url-encoded. Files have limits of their own: 10 MB for a saved page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = (
    200  # each is open while it is sent, and a process may have 1,024 open; more go into an archive
)

AUTHENTICATION_BACKENDS = ["newsreader.views.accounts.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "annotations.projects.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Newsreader: "
# A class behind one address signs in at the same time; one name may fail five times in ten minutes.
ACCOUNT_RATE_LIMITS = {"login": "200/m/ip", "login_failed": "100/10m/ip,5/10m/key", "signup": "100/h/ip"}
ACCOUNT_RATE_LIMITS["add_article"] = "60/h/user"  # each attempt may fetch a page
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("NEWSREADER_PROXIES", default=1 if NEWSREADER_HTTPS else 0)
DEFAULT_FROM_EMAIL = env.str("NEWSREADER_MAIL_FROM", default="newsreader@localhost")
vars().update(parse_email_url(env.str("EMAIL_URL", default="") or "consolemail://"))

SELF = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": SELF,
        "style-src": SELF,
        "img-src": SELF,
        "font-src": SELF,
        "connect-src": SELF,
        "form-action": SELF,
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "newsreader.views.health.stale_form"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = NEWSREADER_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if NEWSREADER_HTTPS else None
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30 if NEWSREADER_HTTPS else 0
SESSION_ENGINE = "newsreader.models.session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    # A page that is not there is the visitor's business; a broken one is ours.
    "loggers": {"django.request": {"level": env.str("LOG_LEVEL", default="ERROR")}},
}
