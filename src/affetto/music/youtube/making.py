"""Making a playlist, song by song: what fails is named, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from affetto.music.youtube.account import YouTubeAccount
from affetto.music.youtube.troubles import NotAdded, YouTubeTrouble

MOST: Final = 60  # songs: so many fit into one day's units
ABOUT: Final = "Made with Affetto."
_PLAYLIST: Final = "https://www.youtube.com/playlist?list={}"


@dataclass(frozen=True, slots=True)
class Missed:
    """One song that is not in the playlist, and why."""

    title: str
    artist: str
    why: str  # one sentence


@dataclass(frozen=True, slots=True)
class Made:
    """How far a playlist is."""

    title: str
    total: int
    added: int = 0
    missed: tuple[Missed, ...] = ()
    url: str = ""  # where it can be seen, once it is there
    finished: bool = False
    trouble: YouTubeTrouble | None = None  # why it ended before the last song

    @property
    def left(self) -> int:
        """How many songs were not even tried, or not yet."""
        return self.total - self.added - len(self.missed)


async def make(
    account: YouTubeAccount,
    title: str,
    songs: Sequence[tuple[str, str]],
    tell: Callable[[Made], None],
) -> Made:
    """Make a private playlist of ``songs`` (title, artist), the first ``MOST`` of them.

    ``tell`` hears after each how far it is. What ends it early is told, not raised: the
    playlist stays with what is in it.
    """
    wanted = songs[:MOST]
    made = Made(title, len(wanted))
    try:
        playlist = await account.make_playlist(title, ABOUT)
        made = replace(made, url=_PLAYLIST.format(playlist))
        tell(made)
        for name, artist in wanted:
            why = ""
            video = await account.find(name, artist)
            if video is None:
                why = "YouTube found no video of it."
            else:
                try:
                    await account.add(playlist, video)
                except NotAdded as error:
                    why = error.problem
            if why:
                made = replace(made, missed=(*made.missed, Missed(name, artist, why)))
            else:
                made = replace(made, added=made.added + 1)
            tell(made)
    except YouTubeTrouble as error:
        made = replace(made, trouble=error)
    made = replace(made, finished=True)
    tell(made)
    return made
