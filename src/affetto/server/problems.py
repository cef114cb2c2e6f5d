"""Every error a client can see, as application/problem+json."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from affetto.errors import (
    AffettoError,
    Misuse,
    ModelMissing,
    NotFound,
    NothingToPlay,
    ServiceTrouble,
    UnreadablePicture,
    UnreadableSound,
)
from affetto.server import wire
from affetto.store.database import StoreTrouble

MEDIA_TYPE: Final = "application/problem+json"

log = logging.getLogger(__name__)

_STATUS: Final[Mapping[type[AffettoError], int]] = {
    NotFound: 404,
    NothingToPlay: 409,
    UnreadablePicture: 422,
    UnreadableSound: 422,
    Misuse: 422,
    ModelMissing: 503,
    ServiceTrouble: 502,
    StoreTrouble: 503,
}


class Refused(Misuse):
    """A request turned away at the door, with the status that says why."""

    def __init__(self, problem: str, *, remedy: str, status: int = 403) -> None:
        super().__init__(problem, remedy=remedy)
        self.status = status


class ProblemResponse(JSONResponse):
    """A problem on its way out."""

    media_type = MEDIA_TYPE

    def __init__(self, status: int, problem: str, remedy: str) -> None:
        told = wire.Problem(
            title=HTTPStatus(status).phrase, status=status, problem=problem, remedy=remedy
        )
        super().__init__(
            told.model_dump(), status_code=status, headers={"cache-control": "no-store"}
        )


def status_of(error: AffettoError) -> int:
    """The HTTP status that an error of ours stands for."""
    if isinstance(error, Refused):
        return error.status
    for kind in type(error).__mro__:
        if kind in _STATUS:
            return _STATUS[kind]
    return 422 if error.misuse else 500


def told(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What an operation's documentation says of the errors it can answer with."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


def answer_with_problems(app: FastAPI) -> None:
    """Make every error of ``app`` a problem with a remedy."""

    @app.exception_handler(AffettoError)
    async def deliberate(_request: Request, error: AffettoError) -> ProblemResponse:
        return ProblemResponse(status_of(error), error.problem, error.remedy)

    @app.exception_handler(RequestValidationError)
    async def malformed(_request: Request, error: RequestValidationError) -> ProblemResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "body") or "the body"
        said = str(first["msg"]).rstrip(".")
        return ProblemResponse(
            422,
            f"{place} cannot be used: {said}.",
            "The shapes are described at /api/openapi.json.",
        )

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> ProblemResponse:
        problem, remedy = _PLAIN.get(
            error.status_code,
            (f"{error.detail}.", "What there is, is described at /api/openapi.json."),
        )
        response = ProblemResponse(error.status_code, problem, remedy)
        response.headers.update(error.headers or {})
        if error.status_code == 405:
            response.headers["allow"] = ", ".join(_verbs(request))
        return response


def _verbs(request: Request) -> list[str]:
    """What this address takes, as documented. Starlette names its first route's only."""
    documented: dict[str, dict[str, object]] = request.app.openapi()["paths"]
    fitting = [
        template
        for template in documented
        if re.fullmatch(re.sub(r"\{\w+\}", ".+", template), request.url.path)
    ]
    # The address written out, else the template that says most of it.
    best = max(fitting, key=lambda t: (t == request.url.path, len(t)), default=None)
    return [verb.upper() for verb in documented[best]] if best is not None else []


_PLAIN: Final[Mapping[int, tuple[str, str]]] = {
    404: ("There is nothing at this address.", "The page is at /, the interface at /api."),
    405: (
        "This address does not take that kind of request.",
        "What it takes is described at /api/openapi.json.",
    ),
    400: ("The request cannot be read.", "The shapes are described at /api/openapi.json."),
}
