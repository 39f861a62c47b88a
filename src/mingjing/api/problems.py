"""Refusals as RFC 9457 problem documents, with the stable codes of the refusals."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from mingjing.definitions.problems import DefinitionErrors
from mingjing.domain.reasons import Refusal
from mingjing.services.importing.pushing import KeyTaken
from mingjing.services.importing.uploading import NotKept
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.security.throttle import TooOften

TITLES = {
    400: "请求写错了",
    401: "没有密钥，或者密钥无效",
    403: "这个密钥不能这样办",
    404: "没有，或者不归这个密钥看",
    405: "这个地址不接受这种请求方法",
    409: "与以前的请求冲突",
    422: "内容不能接受",
    429: "请求太频繁",
    503: "现在办不了",
}


def problem(status: int, code: str, detail: str, **more: object) -> HttpResponse:
    """A problem document."""
    body = {
        "type": f"urn:mingjing:refusal:{code}",
        "title": TITLES.get(status, "没有办成"),
        "status": status,
        "detail": detail,
        "code": code,
        "allowed": [],
        "example": "",
        "errors": [],
        **more,
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), content_type="application/problem+json")
    response.status_code = status
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def of_refusal(refusal: Refusal) -> HttpResponse:
    """Which status a refusal has."""
    status = 422
    if isinstance(refusal, NotAllowed):
        status = 403
    elif isinstance(refusal, KeyTaken):
        status = 409
    elif isinstance(refusal, TooOften):
        status = 429
    elif isinstance(refusal, NotKept):
        status = 503
    return problem(
        status, refusal.code, refusal.message, allowed=list(refusal.allowed), example=refusal.example
    )


def of_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """A method the address does not know; ``allowed`` are those it does, as in the header ``Allow``."""
    said = f"这个地址不接受 {request.method}。请改用“可用”里的请求方法。"
    response = problem(405, "method-not-allowed", said, allowed=allowed.split(", "))
    response["Allow"] = allowed
    return response


def speak_problems(api: NinjaAPI) -> None:
    """Answer every refusal and every malformed request of ``api`` with a problem document."""

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
        return of_refusal(error)

    @api.exception_handler(NotVisible)
    def hidden(request: HttpRequest, error: NotVisible) -> HttpResponse:
        return problem(404, "not-found", "没有这样的记录，或者不归这个密钥看。")

    @api.exception_handler(Http404)
    def absent(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, "not-found", "没有这样的记录，或者不归这个密钥看。")

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        said = "请在 Authorization 里写 Bearer 和密钥；密钥由系统管理员用 mingjing token create 生成。"
        return problem(401, "token-invalid", said)

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
        faults = [f"{_place(one.get('loc', ()))}：{one.get('msg', '')}" for one in error.errors]
        return problem(422, "request-invalid", "请求的形状不对，见 errors。", errors=faults[:50])

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(
            error.status_code, "request-invalid", "请求的内容不是合法的 JSON，或者编码不是 UTF-8。"
        )

    @api.exception_handler(DefinitionErrors)
    def broken(request: HttpRequest, error: DefinitionErrors) -> HttpResponse:
        return problem(503, "definitions-broken", "制度文件有错误，暂时不能受理。请告诉系统管理员。")


def _place(location: tuple[object, ...] | object) -> str:
    parts = location if isinstance(location, tuple | list) else (location,)
    return ".".join(str(part) for part in parts[1:]) or "整个请求"
