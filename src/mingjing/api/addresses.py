"""The addresses of the interface, loaded when the first of them is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from mingjing.api.endpoints import api
from mingjing.api.problems import of_method

View = Callable[..., HttpResponse]


def _spoken(view: View) -> View:
    """The view, whose answer to a method it does not know is a problem document like every other."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        return of_method(request, response["Allow"]) if response.status_code == 405 else response

    return serve


urlpatterns = api.urls[0]
for _pattern in urlpatterns:
    assert isinstance(_pattern, URLPattern)
    _pattern.callback = _spoken(_pattern.callback)
