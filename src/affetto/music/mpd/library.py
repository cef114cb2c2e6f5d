"""What MPD's database holds, and what lies behind it where we can read its files."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from affetto.music.mpd.conversation import Item, Refused
from affetto.music.mpd.daemon import Daemon
from affetto.music.mpd.moods import MoodStickers
from affetto.music.mpd.songs import file_of, track_of, uri_of
from affetto.music.playing import sound_mime
from affetto.music.provider import Cover, Sound
from affetto.music.tags import picture
from affetto.track import Track, TrackFeatures, TrackUri

PAGE: Final = 5000  # songs asked for at once; MPD hangs up on 8 MB of answer
_FIRST_PAGE: Final = 50
MOST_FOLDERS: Final = 1000  # looked into, where songs can only be found by folder
# Where a word may stand: an untagged title is the file's name, and so on.
_WHERE: Final = ("title", "artist", "album", "albumartist", "name", "file")
_LARGEST_COVER: Final = 10_000_000  # bytes


class MpdLibrary:
    """MPD's database. Nothing of it is kept here: each question is put to MPD."""

    def __init__(self, daemon: Daemon, music_dir: Path | None = None) -> None:
        """``music_dir`` is MPD's music directory where it can be read from here."""
        self._daemon = daemon
        self._music_dir = music_dir
        self._moods = MoodStickers(daemon)

    async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
        """Tracks whose title, artist or album hold every word; "" finds any track.

        A track has a mood where a sticker tells one. Raises ServiceTrouble.
        """
        if limit <= 0:
            return []
        wanted = words.casefold().split()
        found: dict[TrackUri, Track] = {}
        async with aclosing(self._candidates(words.split(), limit)) as songs:
            async for song in songs:
                track = track_of(song)
                text = f"{track.title}\n{track.artist}\n{track.album}".casefold()
                if all(word in text for word in wanted):
                    found.setdefault(track.uri, track)
                if len(found) >= limit:
                    break
        moods = await self._moods.read() if found else {}
        for file in moods:
            known = found.get(uri_of(file))
            if known is not None:
                found[known.uri] = replace(known, features=moods[file])
        return list(found.values())

    async def edition(self) -> str:
        """When MPD last looked through its files. Mopidy does not say. Raises ServiceTrouble."""
        try:
            return (await self._daemon.ask("stats")).get("db_update")
        except Refused:
            return ""

    async def sound(self, uri: TrackUri) -> Sound | None:
        """The file, where MPD's music directory can be read from here; else None."""
        path = self._path(file_of(uri))
        mime = sound_mime(path) if path is not None else None
        return Sound(path, mime) if path is not None and mime is not None else None

    async def cover(self, uri: TrackUri) -> Cover | None:
        """The picture inside the file, else the one in its folder; None without either."""
        file = file_of(uri)
        for command in ("readpicture", "albumart"):
            if file and await self._daemon.offers(command):
                data = await self._picture(command, file)
                cover = picture(data) if data else None
                if cover is not None:
                    return cover
        return None

    async def keep_moods(self, moods: Mapping[TrackUri, TrackFeatures]) -> int:
        """Keep these moods as stickers; how many of the tracks MPD has.

        Raises ServiceTrouble where MPD keeps no stickers.
        """
        return await self._moods.write(moods)

    async def _candidates(self, words: Sequence[str], limit: int) -> AsyncGenerator[Item, None]:
        """Songs among which are all that hold every word, some of them more than once."""
        if not words:
            if not await self._has_windows():
                async for song in self._folders():
                    yield song
                return
            questions = [["file", ""]]
        else:
            # The words may stand in different tags, so one is asked for and all are looked for.
            questions = [[tag, max(words, key=len)] for tag in _WHERE]
        for question in questions:
            async for song in self._pages(question, limit):
                yield song

    async def _pages(self, question: Sequence[str], limit: int) -> AsyncGenerator[Item, None]:
        """The answer to a search, in pages where MPD can turn them."""
        if not await self._has_windows():
            for song in await self._songs("search", *question):
                yield song
            return
        start, size = 0, min(PAGE, max(limit, _FIRST_PAGE))
        while True:
            page = await self._songs("search", *question, "window", f"{start}:{start + size}")
            for number, song in enumerate(page):
                if number % 500 == 499:
                    await asyncio.sleep(0)  # others have their turn
                yield song
            if len(page) < size:
                return
            start, size = start + size, PAGE

    async def _has_windows(self) -> bool:
        """Whether a search can be asked for in parts. Mopidy cannot, and finds 100 at most."""
        try:
            await self._daemon.ask("search", "file", "", "window", "0:1")
        except Refused:
            return False
        return True

    async def _folders(self) -> AsyncGenerator[Item, None]:
        """Every song, folder by folder, the upper ones first.

        Mopidy shows one library in many ways (by artist, by year, all tracks), so its upper
        folders hold most of what there is.
        """
        waiting, looked = deque([""]), 0
        while waiting and looked < MOST_FOLDERS:
            looked += 1
            try:
                answer = await self._daemon.ask("lsinfo", waiting.popleft())
            except Refused:  # a folder behind a service that does not answer
                continue
            for entry in answer.items("file", "directory", "playlist"):
                if "file" in entry:
                    yield entry
                waiting.extend(entry.get("directory", ()))

    async def _songs(self, *command: str) -> list[Item]:
        try:
            return (await self._daemon.ask(*command)).items("file")
        except Refused:  # words that no line can hold, so no song does
            return []

    async def _picture(self, command: str, file: str) -> bytes:
        """A picture, piece by piece; nothing when there is none."""
        data = b""
        while True:
            try:
                piece = await self._daemon.ask(command, file, str(len(data)))
            except Refused:
                return b""
            data += piece.binary
            size = piece.get("size")
            if not piece.binary or not size.isdecimal() or int(size) > _LARGEST_COVER:
                return b""
            if len(data) >= int(size):
                return data

    def _path(self, file: str) -> Path | None:
        """Where a song lies below the music directory; links in there may lead out of it."""
        parts = PurePosixPath(file).parts
        if self._music_dir is None or not parts or ".." in parts or "\0" in file:
            return None
        path = self._music_dir.joinpath(*parts)
        inside = path.is_relative_to(self._music_dir) and ".." not in path.parts  # as on Windows
        return path if inside else None
