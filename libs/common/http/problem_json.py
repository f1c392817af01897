"""Answers in RFC 9457's application/problem+json."""

import json

from fastapi import Request, Response

PROBLEM_JSON = "application/problem+json"
_RETRY_AFTER_S = 5


def render(request: Request, status: int, **members: object) -> Response:
    """Render the members with the status and the instance."""
    body = {**members, "status": status, "instance": request.url.path}
    headers = {  # RFC 9110, 15.5.2, 15.5.9 and 15.6.4
        401: {"WWW-Authenticate": "Bearer"},
        408: {"Connection": "close"},
        503: {"Retry-After": str(_RETRY_AFTER_S)},
    }
    status_headers = dict(headers.get(status, {}))
    if "retry_after_s" in members:
        status_headers["Retry-After"] = str(members["retry_after_s"])
    return Response(
        # In ASCII: a caller's text may have lone surrogates, which UTF-8 cannot encode.
        json.dumps(body),
        status_code=status,
        headers=status_headers,
        media_type=PROBLEM_JSON,
    )


def render_overload(request: Request, detail: str) -> Response:
    """Answer 503, with the time after which the same request may succeed."""
    title = "Too many requests at once"
    return render(request, 503, type="/problems/overloaded", title=title, detail=detail)
