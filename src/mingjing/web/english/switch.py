"""The language switch: Chinese unless this browser chose English, whatever languages it asks for.

The choice is a cookie of the browser and nothing of the court's, so it leaves no entry in the log.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.i18n import set_language

from mingjing.web.english.catalogue import catalogue
from mingjing.web.english.pages import in_english
from mingjing.web.routing import ANYONE, Route

ENGLISH = "en"
Next = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Answers in the language chosen: a page in English is the Chinese page read through the phrases."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        english = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) == ENGLISH
        request.english = english  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.streaming or not english:
            return response
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = in_english(response.content.decode(), catalogue().said).encode()
            response.headers["Content-Language"] = ENGLISH
            if response.has_header("Content-Length"):
                response.headers["Content-Length"] = str(len(response.content))
        return response


routes = (Route("language", set_language, "language", ANYONE),)
