"""Log-in and log-out. In a demonstration the page lists the demo logins."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView

from mingjing.web.routing import ANYONE, SIGNED_IN, Route


class SignInForm(AuthenticationForm):
    """Account and password, with refusals in plain words."""

    error_messages = {  # noqa: RUF012 — Django's own name and shape
        "invalid_login": "账号或口令不对。请核对大小写；忘了口令请找系统管理员重置。",
        "inactive": "这个账号已停用，请找系统管理员。",
    }


class SignIn(LoginView):
    """The log-in page."""

    template_name = "pages/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and the demo logins in a demonstration."""
        context = super().get_context_data(**kwargs)
        if settings.CONFIGURATION.demo:
            from mingjing.services.demo.build import PASSWORD, logins

            context["logins"] = logins()
            context["password"] = PASSWORD
        return context


routes = (
    Route("login", SignIn.as_view(), "login", ANYONE),
    Route("logout", LogoutView.as_view(), "logout", SIGNED_IN),
)
