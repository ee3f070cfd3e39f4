"""A Django project without files: what `startproject` writes, DRF, the app `radio`, a database in memory."""

import importlib
import logging
import sys
import types
import warnings

MODULE = "snippet"
TEMPLATES = {}

# Imported once, before the forks, as nearly every snippet needs some of them.
USUAL = """
    asgiref.sync asyncio django.conf.locale.en.formats django.conf.urls django.contrib.admin
    django.contrib.admin.templatetags.admin_list
    django.contrib.admin.templatetags.admin_modify django.contrib.admin.templatetags.log
    django.contrib.auth.backends django.contrib.auth.context_processors django.contrib.auth.middleware
    django.contrib.auth.views django.contrib.messages.context_processors django.contrib.messages.middleware
    django.contrib.messages.storage.fallback django.contrib.sessions.backends.db
    django.contrib.sessions.middleware django.contrib.sessions.serializers django.contrib.staticfiles.storage
    django.core.cache.backends.locmem django.core.handlers.asgi django.core.serializers.json
    django.db.migrations.autodetector django.forms django.middleware.clickjacking django.middleware.common
    django.middleware.csrf django.middleware.security django.template.context_processors
    django.template.loader_tags django.template.loaders.app_directories django.template.loaders.filesystem
    django.template.loaders.locmem django.templatetags.cache django.templatetags.l10n django.templatetags.tz
    django.test django.test.utils django.views.csrf django.views.defaults django.views.generic
    encodings.unicode_escape rest_framework.authentication rest_framework.filters rest_framework.generics
    rest_framework.pagination rest_framework.routers rest_framework.test rest_framework.throttling
    rest_framework.versioning rest_framework.viewsets unittest
"""


def versions():
    import django
    import rest_framework

    if django.VERSION >= (6,) and sys.version_info < (3, 12):
        sys.exit("Django 6 needs Python 3.12")
    return {"python": sys.version.split()[0], "django": django.__version__, "drf": rest_framework.VERSION}


def stop():
    pass


def prepare(module):
    """A child needs nothing more: the tables are in the memory that it was forked with."""


def start():
    """Starts Django and makes the tables; once per process."""
    import django
    from django.conf import settings

    warnings.simplefilter("ignore")
    urls = sys.modules["project_urls"] = types.ModuleType("project_urls")
    urls.urlpatterns = []
    settings.configure(**values())
    django.setup()
    logging.disable(logging.CRITICAL)

    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    for name in USUAL.split():
        importlib.import_module(name)
    remember()


def remember():
    """What models find out about each other when they are first asked, and keep."""
    from django.apps import apps

    for model in apps.get_models():
        model._meta.get_fields()
        list(model._base_manager.filter(pk=0))


def values():
    contrib = ["admin", "auth", "contenttypes", "sessions", "messages", "staticfiles"]
    return {
        "SECRET_KEY": "only-for-checking-questions-" + "x" * 40,
        "ALLOWED_HOSTS": ["testserver", "localhost"],
        "ROOT_URLCONF": "project_urls",
        "INSTALLED_APPS": [
            *(f"django.contrib.{name}" for name in contrib),
            "rest_framework",
            "rest_framework.authtoken",
            "radio",
        ],
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        ("django.template.loaders.locmem.Loader", TEMPLATES),
                        "django.template.loaders.app_directories.Loader",
                    ],
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ],
                },
            }
        ],
        "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        # Tables straight from the models: quicker than the migrations, and the same tables.
        "MIGRATION_MODULES": {name: None for name in (*contrib, "authtoken")},
        # A real hash takes as long as fifty snippets.
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "STATIC_URL": "/static/",
        "USE_TZ": True,
        "LOGGING_CONFIG": None,
    }
