"""Files on this disk, as a provider; the scan that finds them is in ``scanning``."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from affetto.errors import Misuse
from affetto.music.playing import is_played, sound_mime
from affetto.music.provider import Cover, Provider, Sound
from affetto.music.scanning import local_uri, sound_files
from affetto.music.tags import embedded_cover, read_tags
from affetto.track import Track, TrackUri


class LocalLibrary:
    """The listener's own files. Only those given at the start are ever handed out."""

    def __init__(self, files: Mapping[TrackUri, Path], tracks: Sequence[Track]) -> None:
        self._files = dict(files)
        self._tracks = {track.uri: track for track in tracks}
        self._words = [
            (f"{track.title}\n{track.artist}\n{track.album}".casefold(), track)
            for track in tracks
            if track.uri not in self._files or is_played(self._files[track.uri])
        ]

    async def search(self, words: str, *, limit: int = 50) -> Sequence[Track]:
        """Tracks whose title, artist or album hold every word; "" finds any track.

        Files that no browser plays, WMA say, are left out: they would only be skipped.
        """
        wanted = words.casefold().split()
        found: list[Track] = []
        for text, track in self._words:
            if len(found) >= limit:
                break
            if all(word in text for word in wanted):
                found.append(track)
        return found

    async def sound(self, uri: TrackUri) -> Sound | None:
        """The file, while it is there and its first bytes are those of a sound file."""
        path = self._files.get(uri)
        mime = sound_mime(path) if path is not None else None
        return Sound(path, mime) if path is not None and mime is not None else None

    async def cover(self, uri: TrackUri) -> Cover | None:
        """The picture in the file; else one drawn from how the track sounds."""
        path, track = self._files.get(uri), self._tracks.get(uri)
        if path is not None:
            inside = await asyncio.to_thread(embedded_cover, path)
            if inside is not None:
                return inside
        if track is None:
            return None
        from affetto.music.covers import cover_svg

        return Cover(cover_svg(track), "image/svg+xml")


def create(settings: Mapping[str, str]) -> Provider:
    """The files below ``settings["folder"]``, with what their tags say of them.

    Their moods are not known this way; ``affetto library scan`` listens to them.
    """
    if not settings.get("folder"):
        raise Misuse(
            "The local provider was given no folder.",
            remedy='Name one: connect("local", {"folder": "/home/me/Music"}).',
        )
    files = {local_uri(path): Path(path) for path in sound_files(Path(settings["folder"]))}
    tracks = []
    for uri, path in files.items():
        tags = read_tags(path)
        tracks.append(
            Track(uri, tags.title, tags.artist, tags.album, genre=tags.genre, year=tags.year)
        )
    return Provider("local", LocalLibrary(files, tracks))
