"""The Music Player Daemon, and Mopidy behind its MPD door: a library and a player.

provider = connect("mpd", {"host": "192.168.1.5"})
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from affetto.errors import Misuse
from affetto.music.mpd.checking import MpdConnection
from affetto.music.mpd.daemon import Daemon
from affetto.music.mpd.library import MpdLibrary
from affetto.music.mpd.player import MpdPlayer
from affetto.music.mpd.playlists import StoredPlaylists
from affetto.music.mpd.songs import PROVIDER
from affetto.music.provider import Asked, Description, Provider

__all__ = ["MpdProvider", "create", "description"]

description = Description(
    "MPD and Mopidy",
    "Plays through a Music Player Daemon, on this machine or another.",
    asks=(
        Asked("host", "Host", default="127.0.0.1", help="Its name or address, or a socket's path."),
        Asked("port", "Port", default="6600", help="As mpd.conf says."),
        Asked("password", "Password", secret=True, needed=False, help="If mpd.conf asks for one."),
        Asked(
            "music_dir",
            "Music folder",
            needed=False,
            help="MPD's music_directory, where this machine can read it: "
            "then the page plays it too.",
        ),
        Asked(
            "crossfade",
            "Let songs flow into one another",
            default="yes",
            needed=False,
            help="yes: the longer, the farther their moods are apart; no: as MPD is set.",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class MpdProvider(Provider):
    """Also MPD's stored playlists, which are its own."""

    playlists: StoredPlaylists | None = None


def create(settings: Mapping[str, str]) -> MpdProvider:
    """The MPD that ``settings`` name; nothing is asked of it yet.

    Raises Misuse for a port that is none, a music folder that is not there, and a
    crossfade that is neither yes nor no.
    """
    told = {asked.name: settings.get(asked.name) or asked.default for asked in description.asks}
    daemon = Daemon(told["host"].strip(), _port(told["port"]), told["password"])
    player = MpdPlayer(daemon, blends=_yes(told["crossfade"]))
    return MpdProvider(
        PROVIDER,
        library=MpdLibrary(daemon, _folder(told["music_dir"])),
        player=player,
        connection=MpdConnection(daemon, player),
        playlists=StoredPlaylists(daemon),
    )


def _port(text: str) -> int:
    if text.strip().isdecimal() and 0 < int(text) < 65_536:
        return int(text)
    raise Misuse(
        f"{text!r} is no port.", remedy="Give the number that mpd.conf names as port, often 6600."
    )


def _yes(text: str) -> bool:
    told = text.strip().casefold()
    if told not in ("yes", "no"):
        raise Misuse(
            f"Whether songs flow into one another cannot be {text[:40]!r}.",
            remedy="Say yes or no.",
        )
    return told == "yes"


def _folder(text: str) -> Path | None:
    if not text:
        return None
    folder = Path(text).expanduser()
    if not folder.is_dir():
        raise Misuse(
            f"There is no folder {text}.",
            remedy="Name MPD's music_directory as this machine sees it, or leave it out.",
        )
    return folder.absolute()
