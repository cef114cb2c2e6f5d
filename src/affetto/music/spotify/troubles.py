"""What can go wrong at Spotify, each with what to do about it.

The codes are those of Spotify's web interface and of its token endpoint (RFC 6749). Its own
words are used only to tell cases apart, never shown.
"""

from __future__ import annotations

from typing import Final, Self

from affetto.errors import ServiceTrouble

QUOTA_S: Final = 15 * 60.0  # Spotify does not say when a used-up quota comes back
RESTING_S: Final = 30.0  # how long a service that does not answer is left alone


class SpotifyTrouble(ServiceTrouble):
    """Spotify did not do what it was asked.

    ``rest_s``: for how long nothing should be asked of it; ``strikes``: after how many such
    troubles in a row that begins, 0 for never.
    """

    rest_s: float = 0.0
    strikes: int = 0

    def after(self, left_s: float) -> Self:
        """The same, told when ``left_s`` seconds of the rest are left."""
        return self


class SignInNeeded(SpotifyTrouble):
    """There is no sign-in, or it has run out or was withdrawn."""


class RanOut(SignInNeeded):
    """Spotify no longer honours the sign-in: what is kept of it is of no use."""


class TokenRefused(SpotifyTrouble):
    """An access token is no longer good; a new one may be."""


class NoDevice(SpotifyTrouble):
    """Nothing that could play is awake."""


class Restricted(SpotifyTrouble):
    """The device or what plays does not allow this now, such as a pause in silence."""


class NotThere(SpotifyTrouble):
    """What was named is not at Spotify."""


class NotAnswering(SpotifyTrouble):
    """Spotify is out of reach, too slow, or has a fault of its own."""

    rest_s = RESTING_S
    strikes = 2


class AskedTooMuch(SpotifyTrouble):
    """Spotify wants to be left alone for a while."""

    strikes = 1

    def after(self, left_s: float) -> Self:
        """The same, with the time that is left."""
        return type(self)(self.problem, remedy=_wait(left_s))


def not_signed_in() -> SignInNeeded:
    """Nobody has signed in."""
    return SignInNeeded(
        "Spotify is not connected.",
        remedy="Connect it in the settings, under “Where your music lives”.",
    )


def sign_in_ran_out() -> RanOut:
    """Spotify's refresh tokens end six months after the sign-in, or when withdrawn."""
    return RanOut(
        "The sign-in at Spotify has run out: it lasts six months, or until it is withdrawn.",
        remedy="Connect Spotify again in the settings.",
    )


def no_device() -> NoDevice:
    """No device of the listener's is awake."""
    return NoDevice(
        "No device of yours is awake at Spotify.",
        remedy="Open the Spotify app on a phone or computer, let it play for a moment, and try "
        "again.",
    )


def not_answering() -> NotAnswering:
    """No answer, or none in time."""
    return NotAnswering(
        "Spotify does not answer.",
        remedy="Look whether this machine is on the internet, and try again in half a minute.",
    )


def asked_too_much(retry_after_s: float, *, quota: bool) -> AskedTooMuch:
    """A rate limit, or the quota that all of a developer's apps share."""
    rest_s = max(1.0, retry_after_s, QUOTA_S if quota else 0.0)
    trouble = AskedTooMuch(
        "Your Spotify developer account has used up its quota."
        if quota
        else "Spotify was asked too much and wants to be left alone for a while.",
        remedy=_wait(rest_s),
    )
    trouble.rest_s = rest_s
    return trouble


def refused(status: int, reason: str, said: str, retry_after: str = "") -> SpotifyTrouble:
    """What an answer of the web interface means that is not a success.

    ``reason`` is the code in its body, ``said`` the message, ``retry_after`` the header.
    """
    reason, said = reason.upper(), said.casefold()
    if status == 401:
        return TokenRefused(
            "Spotify did not take our sign-in.", remedy="Connect Spotify again in the settings."
        )
    if status == 429:
        return asked_too_much(_seconds(retry_after), quota=reason == "QUOTA_EXCEEDED")
    if status == 403:
        return _forbidden(reason, said)
    if status == 404:
        if reason == "NO_ACTIVE_DEVICE" or "device" in said:
            return no_device()
        return NotThere(
            "Spotify does not have that, or not for your account.",
            remedy="Look at the link, or choose something else.",
        )
    if status >= 500:
        return NotAnswering("Spotify has a fault of its own.", remedy="Try again in half a minute.")
    return SpotifyTrouble(
        f"Spotify did not take what it was asked (code {status}).",
        remedy="Try something else; if it stays, look for a newer Affetto.",
    )


def token_refused(status: int, error: str, retry_after: str = "") -> SpotifyTrouble:
    """What an answer of the token endpoint means that is not a success; ``error`` as RFC 6749."""
    if error == "invalid_grant":
        return sign_in_ran_out()
    if error in ("invalid_client", "unauthorized_client"):
        return SignInNeeded(
            "Spotify does not know this Client ID.",
            remedy="Copy it from the app's page in Spotify's developer dashboard, and connect "
            "again.",
        )
    if status == 429 or status >= 500:
        return refused(status, "", "", retry_after)
    return SignInNeeded(
        "Spotify did not accept the sign-in.",
        remedy="Compare the app's redirect URI in Spotify's dashboard with the one shown here, "
        "and connect again.",
    )


def _forbidden(reason: str, said: str) -> SpotifyTrouble:
    if "owner" in said and "premium" in said:
        return SpotifyTrouble(
            "The owner of this Client ID has no Spotify Premium, which Spotify asks of developers.",
            remedy="Use the Client ID of somebody who has Premium.",
        )
    if reason == "PREMIUM_REQUIRED" or "premium" in said:
        return SpotifyTrouble(
            "Spotify lets only Premium accounts be played from here, and yours is not one.",
            remedy="Open the songs at Spotify with their links, or let the music come from "
            "elsewhere.",
        )
    if "registered" in said or "allow" in said:
        return SpotifyTrouble(
            "Your account is not on the list of the people who may use this Client ID.",
            remedy="Let its owner add you under User Management in Spotify's developer dashboard, "
            "which has room for five.",
        )
    if "scope" in said:
        return SignInNeeded(
            "The sign-in does not cover this.", remedy="Connect Spotify again in the settings."
        )
    if reason or "restriction" in said:
        return Restricted(
            "Spotify does not allow that on this device now.",
            remedy="Choose another device, or do it in the Spotify app.",
        )
    return SpotifyTrouble(
        "Spotify forbids this.",
        remedy="Look in Spotify's developer dashboard whether the app is active and you are "
        "listed under User Management.",
    )


def _seconds(retry_after: str) -> float:
    return float(retry_after) if retry_after.isdecimal() else RESTING_S


def _wait(left_s: float) -> str:
    for length, one, many in (
        (3600, "hour", "hours"),
        (60, "minute", "minutes"),
        (1, "second", "seconds"),
    ):
        if left_s >= length:
            count = round(left_s / length)
            span = f"about {count} {one if count == 1 else many}"
            break
    else:
        span = "a moment"
    return f"Try again in {span}; until then, open the songs at Spotify with their links."
