"""What an answer says when it refuses (RFC 9457)."""

import httpx


def slug(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).removeprefix("/problems/")


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, slug(answer)
