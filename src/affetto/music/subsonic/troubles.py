"""What can go wrong with a Subsonic server, in words that say what to do."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import Any, Final

import httpx

from affetto.errors import ServiceTrouble
from affetto.music.subsonic.answers import word_in

GENERIC, MISSING, OURS_OLD, THEIRS_OLD = 0, 10, 20, 30
WRONG, NO_TOKEN, NO_SUCH_WAY, CONFLICT, BAD_KEY = 40, 41, 42, 43, 44
FORBIDDEN, ABSENT = 50, 70
SIGN_IN: Final = frozenset({WRONG, NO_TOKEN, NO_SUCH_WAY, CONFLICT, BAD_KEY})


class Refusal(ServiceTrouble):
    """The server answered, and its answer was no."""

    code = GENERIC  # the API's number for why
    version = ""  # of the API, as the server speaks it


def refused(host: str, error: Mapping[str, Any], version: str) -> Refusal:
    """An error that stands in an answer."""
    try:
        code = int(error.get("code", GENERIC))
    except (TypeError, ValueError):
        code = GENERIC
    said = word_in(error.get("message")).rstrip(".")
    problem, remedy = _REFUSALS.get(
        code, ("does not do what it was asked", "Look into the server's log.")
    )
    words = f" ({said})" if said else ""
    refusal = Refusal(f"The music server at {host} {problem}{words}.", remedy=remedy)
    refusal.code, refusal.version = code, version
    return refusal


def nonsense(host: str, response: httpx.Response) -> ServiceTrouble:
    """An answer that no Subsonic server would give."""
    status, server = response.status_code, f"The music server at {host}"
    if response.is_redirect:
        try:
            there = httpx.URL(response.headers.get("location", ""))
        except httpx.InvalidURL:
            there = httpx.URL("")
        where = f"{there.scheme}://{there.host}" if there.host else "another address"
        return ServiceTrouble(
            f"{server} sends visitors on to {where}.",
            remedy="Give the address that it sends to, if it is yours.",
        )
    if status in (401, 403):
        return ServiceTrouble(
            f"{server} lets nobody in (HTTP {status}).",
            remedy="Check name and password; what stands before the server may ask for its "
            "own sign-in, which has to be lifted for /rest.",
        )
    if status == 429 or status >= 500:
        return ServiceTrouble(
            f"{server} is in trouble or has too much to do (HTTP {status}).",
            remedy="Try again in a moment; the server's log says more.",
        )
    return ServiceTrouble(
        f"At {host} something answers, but not as a Subsonic server does.",
        remedy="Check the address: it is the one you open the server's own page with.",
    )


def unanswered(host: str, error: httpx.HTTPError) -> ServiceTrouble:
    """No answer at all, or half of one."""
    server = f"The music server at {host}"
    certificate = _certificate_error(error)
    if certificate is not None:
        return ServiceTrouble(
            f"{server} shows a certificate that cannot be trusted: {certificate}.",
            remedy="Use the name the certificate was made for; for one of your own, add its "
            "authority to those this machine trusts, or name its file in SSL_CERT_FILE.",
        )
    if isinstance(error, httpx.TimeoutException):
        return ServiceTrouble(
            f"{server} takes too long to answer.",
            remedy="See whether it is busy, and whether this machine reaches it.",
        )
    if isinstance(error, httpx.ConnectError):
        return ServiceTrouble(
            f"{server} cannot be reached.",
            remedy="Check that it runs, and its address and port.",
        )
    return ServiceTrouble(
        f"{server} broke off in the middle of an answer.",
        remedy="Try again; if it happens often, the server's log says more.",
    )


def _certificate_error(error: BaseException | None) -> str | None:
    """What is wrong with the server's certificate, when that is what went wrong."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_message.rstrip(".").lower() or "its authority is unknown"
        error = error.__cause__ or error.__context__
    return None


_REFUSALS: Final = {
    MISSING: ("misses something in what it was asked", "It may be too old: update the server."),
    OURS_OLD: ("is too new for Affetto", "Update Affetto."),
    THEIRS_OLD: ("is too old for what it was asked", "Update the server."),
    WRONG: ("does not know this name with this password", "Check both on the server's own page."),
    NO_TOKEN: (
        "cannot check a token for this listener",
        'Set the way to sign in to "password", over https.',
    ),
    NO_SUCH_WAY: (
        "does not take this way to sign in",
        'Set the way to sign in to "auto", or give what the server asks for.',
    ),
    CONFLICT: (
        "was told two ways to sign in at once",
        "Leave either the API key or the password out; a proxy before it may add its own.",
    ),
    BAD_KEY: ("does not know this API key", "Make a new one on the server's own page."),
    FORBIDDEN: (
        "does not allow this listener that",
        "Ask whoever runs the server, or sign in as somebody else.",
    ),
    60: ("has a trial time that is over", "Ask whoever runs the server."),
    ABSENT: ("does not have what it was asked for", "Look whether it was deleted there."),
}
