"""A real OpenID Connect provider, in a process of its own: Django's, with a database.

``python -m tests.identity_provider FOLDER`` serves it on loopback and prints its
address. It is a foreign implementation, so that ours is tried against what another
understands by the standard. Some of its people get answers that are signed rightly
and still must not count.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from socketserver import ThreadingMixIn
from time import time
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler
from wsgiref.simple_server import WSGIServer
from wsgiref.simple_server import make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest
from django.http import HttpResponse
from django.urls import include
from django.urls import path

from tests.registration import CLAIM
from tests.registration import CLIENT
from tests.registration import PASSWORD
from tests.registration import SECRET

HOUR = 3600
LOGIN = "registration/login.html"
FORM = '<form method="post">{% csrf_token %}{{ form }}<button>Log in</button></form>'

NUMBERS: Mapping[str, str | None] = {
    "li": "clerk",
    "second-li": "clerk",
    "boss": "administrator",
    "loud-li": "CLERK",
    "stranger": "w404",
    "nameless": None,
    "from-the-future": "clerk",
    "long-expired": "clerk",
    "for-another-site": "clerk",
    "for-another-login": "clerk",
    "by-another-issuer": "clerk",
}
"""Whose 工号 the provider tells for each of its people."""


def number(claims: dict[str, Any], user: Any, **_more: object) -> dict[str, Any]:
    """Add the 工号 to what is signed; make some answers wrong."""
    wrong: dict[str, dict[str, object]] = {
        "from-the-future": {"iat": time() + HOUR, "exp": time() + 2 * HOUR},
        "long-expired": {"iat": time() - 2 * HOUR, "exp": time() - HOUR},
        "for-another-site": {"aud": "another"},
        "for-another-login": {"nonce": "another"},
        "by-another-issuer": {"iss": "http://127.0.0.1:1/openid"},
    }
    told = NUMBERS[user.username]
    return {
        **claims,
        **({CLAIM: told} if told else {}),
        **wrong.get(user.username, {}),
    }


def prepare(folder: Path) -> None:
    """Set Django up; make people, a key, and this site as a client."""
    settings.configure(
        SECRET_KEY="secret of the provider",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "provider.db",
            }
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oidc_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        ("django.template.loaders.locmem.Loader", {LOGIN: FORM}),
                        "django.template.loaders.app_directories.Loader",
                    ]
                },
            }
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        LOGIN_URL="/login/",
        OIDC_IDTOKEN_PROCESSING_HOOK=f"{__name__}.number",
        LOGGING_CONFIG=None,
    )
    django.setup()
    call_command("migrate", verbosity=0)
    fill()


def fill() -> None:
    """Make people, a key, and this site as a client."""
    from django.contrib.auth.models import User  # noqa: PLC0415  (needs the settings)
    from oidc_provider.models import Client  # noqa: PLC0415  (likewise)
    from oidc_provider.models import ResponseType  # noqa: PLC0415  (likewise)

    for name in NUMBERS:
        User.objects.create_user(name, password=PASSWORD)
    client = Client.objects.create(
        client_id=CLIENT, client_secret=SECRET, require_consent=False
    )
    client.response_types.add(ResponseType.objects.get(value="code"))
    rotate()


def rotate() -> None:
    """Sign with a new key from now on; the old one is gone."""
    from oidc_provider.models import RSAKey  # noqa: PLC0415  (needs the settings)

    RSAKey.objects.all().delete()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    written = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    RSAKey.objects.create(key=written.decode())


def control(request: HttpRequest) -> HttpResponse:
    """Do what a test tells its provider to do."""
    from oidc_provider.models import Client  # noqa: PLC0415  (needs the settings)

    told = json.loads(request.GET["told"])
    if told == "rotate":
        rotate()
    else:
        client = Client.objects.get()
        client.redirect_uris = [told + "/people/signon/back"]
        client.post_logout_redirect_uris = [told + "/people/login"]
        client.save()
    return HttpResponse("done")


def urls() -> list[Any]:
    """Give the pages of the provider."""
    from django.contrib.auth.views import LoginView  # noqa: PLC0415  (needs the settings)

    return [
        path("login/", LoginView.as_view()),
        path("control/", control),
        path("openid/", include("oidc_provider.urls", namespace="oidc_provider")),
    ]


class Server(ThreadingMixIn, WSGIServer):
    """Answers several at once."""

    daemon_threads = True


class Handler(WSGIRequestHandler):
    """Says nothing."""

    def log_message(self, *_args: object) -> None:
        """Leave the terminal alone."""


if __name__ == "__main__":
    sys.modules["tests.identity_provider"] = sys.modules["__main__"]
    prepare(Path(sys.argv[1]))
    urlpatterns = urls()
    application = get_wsgi_application()
    with make_server("127.0.0.1", 0, application, Server, Handler) as serving:
        print(f"http://127.0.0.1:{serving.server_port}", flush=True)  # noqa: T201
        serving.serve_forever()
