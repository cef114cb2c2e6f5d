"""What can go wrong at YouTube, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from affetto.errors import ServiceTrouble

if TYPE_CHECKING:
    import httpx


class YouTubeTrouble(ServiceTrouble):
    """YouTube does not do what it was asked; asking for other songs would not help."""


class SignInNeeded(YouTubeTrouble):
    """What the listener allowed has run out, or was taken back."""


class QuotaSpent(YouTubeTrouble):
    """Google does no more for this project today."""


class NotAdded(YouTubeTrouble):
    """One song could not be added; others may."""


class TokenStale(YouTubeTrouble):
    """The access token is no longer good; a new one may be."""


class NotNow(YouTubeTrouble):
    """Something in passing: the same may work in a moment."""


class Lost(NotNow):
    """No answer came, so whether it was done is not known."""


def not_answering() -> YouTubeTrouble:
    """Nobody there, or not in time."""
    return Lost("YouTube does not answer.", remedy="Try again later; what was done stays.")


def sign_in_ran_out() -> SignInNeeded:
    """The refresh token is not taken."""
    return SignInNeeded(
        "Your sign-in at YouTube has run out, or was taken back.",
        remedy="Connect YouTube again. While your Google project is in testing, a sign-in lasts "
        "seven days.",
    )


def app_refused() -> YouTubeTrouble:
    """The client id or secret is not taken."""
    return YouTubeTrouble(
        "Google does not know this client ID and secret.",
        remedy="Copy both again from the credentials of your Google Cloud project.",
    )


def trouble_in(answer: httpx.Response, *, of_song: bool) -> YouTubeTrouble:
    """What an answer of the Data API that is no success means, by Google's reasons.

    ``of_song``: a song was to be added, so a refusal nobody knows is of this song alone.
    """
    reason = reason_in(answer)
    status = answer.status_code
    if reason in {"quotaExceeded", "dailyLimitExceeded"}:
        return QuotaSpent(
            "Your Google project has used what it may ask of YouTube today.",
            remedy="Go on tomorrow: the count begins anew at midnight, Pacific time.",
        )
    if reason in {"rateLimitExceeded", "userRateLimitExceeded"} or status in {409, 429}:
        return NotNow("YouTube wants it slower.", remedy="Try again in a minute.")
    if reason in {"accessNotConfigured", "SERVICE_DISABLED"}:
        return YouTubeTrouble(
            "Your Google project may not use YouTube yet.",
            remedy="Switch on “YouTube Data API v3” in it, wait a minute, and try again.",
        )
    if reason == "youtubeSignupRequired":
        return YouTubeTrouble(
            "This Google account has no YouTube channel, so it can have no playlists.",
            remedy="Make a channel at youtube.com, or connect with another account.",
        )
    if status == 401:
        return TokenStale("YouTube does not take the sign-in.", remedy="Connect YouTube again.")
    if reason == "insufficientPermissions":
        return SignInNeeded(
            "You did not allow Affetto to change playlists at YouTube.",
            remedy="Connect again, and leave the box ticked.",
        )
    if reason in {"maxPlaylistExceeded", "playlistContainsMaximumNumberOfVideos"}:
        return YouTubeTrouble(
            "YouTube takes no more into your playlists.",
            remedy="Delete a playlist or some songs at YouTube, and try again.",
        )
    if reason == "playlistNotFound":
        return YouTubeTrouble(
            "The playlist is gone from YouTube.", remedy="Make it again from the beginning."
        )
    if status >= 500:
        return NotNow("YouTube has trouble of its own.", remedy="Try again later.")
    if not of_song:
        return YouTubeTrouble(
            f"YouTube refused ({reason or status}).",
            remedy="Look at youtube.com whether your account is in order, and try again.",
        )
    return NotAdded(
        "YouTube did not take this song: its video is private, deleted or closed to playlists.",
        remedy="Open it by its link, or add another video of it at YouTube.",
    )


def reason_in(answer: httpx.Response) -> str:
    """The word Google gives for what went wrong; "" when there is none."""
    try:
        told: Any = answer.json()["error"]
        if isinstance(told, str):  # as the sign-in says it
            return told
        errors = told.get("errors") or told.get("details") or []
        return str(errors[0].get("reason", "")) if errors else ""
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return ""
