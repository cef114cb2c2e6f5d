"""What an app in Spotify's development mode may ask, and how it is answered.

Derived from a description of the whole web interface (OpenAPI 3.0) that lies beside the
sample data and is not ours to pass on: what it marks as deprecated has no place in
development mode, operations, parameters and properties alike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import yaml
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

API = "https://api.spotify.com"
VERBS = {"get", "put", "post", "delete", "patch", "head"}


def development_mode(told: dict[str, Any]) -> dict[str, Any]:
    """The description without all that is deprecated."""
    paths = {}
    for path, item in told["paths"].items():
        kept = {
            name: part
            for name, part in item.items()
            if name not in VERBS or not part.get("deprecated")
        }
        if VERBS & set(kept):
            paths[path] = kept
    gone: set[str] = set()
    derived: dict[str, Any] = _without_deprecated({**told, "paths": paths}, gone)
    _require_nothing_gone(derived, gone)
    # The checker knows no OAuth; what arrives is a bearer token.
    for scheme in derived["components"]["securitySchemes"].values():
        scheme.clear()
        scheme |= {"type": "http", "scheme": "bearer"}
    return derived


def _without_deprecated(part: Any, gone: set[str]) -> Any:
    """A part without what is deprecated in it; the names of such properties go to ``gone``."""
    if isinstance(part, list):
        return [_without_deprecated(one, gone) for one in part if not _deprecated(one)]
    if not isinstance(part, dict):
        return part
    # A hint which of several shapes is meant; some name shapes that are described nowhere.
    made = {n: _without_deprecated(one, gone) for n, one in part.items() if n != "discriminator"}
    properties = part.get("properties")
    if isinstance(properties, dict):
        away = {name for name, one in properties.items() if _deprecated(one)}
        gone |= away
        made["properties"] = {n: one for n, one in made["properties"].items() if n not in away}
    return made


def _require_nothing_gone(part: Any, gone: set[str]) -> None:
    """Ask for no property that is gone. A schema may require what its base describes."""
    for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _require_nothing_gone(one, gone)
    if isinstance(part, dict) and isinstance(part.get("required"), list):
        there = part.get("properties", {})
        part["required"] = [name for name in part["required"] if name in there or name not in gone]
        if not part["required"]:
            del part["required"]


def _deprecated(part: Any) -> bool:
    return isinstance(part, dict) and part.get("deprecated") is True


def operations(told: Mapping[str, Any]) -> set[str]:
    """ "GET /me" and so on."""
    return {
        f"{verb.upper()} {path}"
        for path, item in told["paths"].items()
        for verb in item
        if verb in VERBS
    }


class _Asked:
    content_type = "application/json"

    def __init__(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes):
        self.host_url, self.path = API, f"/v1{path}"
        self.method, self.body = method.lower(), body or None
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(query, keep_blank_values=True)),
            header=Headers(list(headers.items())),
            cookie=ImmutableMultiDict(),
        )


class _Answered:
    content_type = "application/json"

    def __init__(self, status: int, told: Any) -> None:
        self.status_code, self.headers = status, Headers()
        self.data = None if told is None else json.dumps(told).encode()


class Contract:
    """Holds each request and answer to the description; ``broken`` tells what did not fit."""

    def __init__(self, file: Path) -> None:
        whole = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
        self.whole = operations(whole)
        derived = development_mode(whole)
        self.allowed = operations(derived)
        self._api = OpenAPI.from_dict(derived)
        self.broken: list[str] = []
        self.held = 0

    def asked(
        self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes
    ) -> None:
        """Hold a request to it."""
        self._hold(f"{method} {path}?{query}", lambda: self._api.validate_request(
            _Asked(method, path, query, headers, body)))  # fmt: skip

    def answered(self, method: str, path: str, status: int, told: Any) -> None:
        """Hold an answer to it; faults of the service's own (5xx) and 404 are described nowhere."""
        if status >= 500 or status == 404:
            return
        request = _Asked(method, path, "", {"Authorization": "Bearer any"}, b"")
        self._hold(f"{status} of {method} {path}", lambda: self._api.validate_response(
            request, _Answered(status, told)))  # fmt: skip

    def _hold(self, what: str, check: Any) -> None:
        self.held += 1
        try:
            check()
        except OpenAPIError as error:
            cause = error.__cause__
            errors = [str(e.message) for e in getattr(cause, "schema_errors", ())]
            self.broken.append(f"{what}: {error!r} {cause!r} {errors}")
