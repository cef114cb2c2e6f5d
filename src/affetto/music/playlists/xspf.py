"""XSPF, the playlist in XML (https://www.xspf.org/spec, version 1)."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import (
    Element,
    ParseError,
    SubElement,
    TreeBuilder,
    XMLParser,
    indent,
    tostring,
)

from affetto.music.playlists.entry import Entry, NoPlaylist, Playlist, mbid, moment, seconds
from affetto.music.playlists.locations import is_web, location, reference

SPACE: Final = "http://xspf.org/ns/0/"
RECORDING: Final = "https://musicbrainz.org/recording/"


def write(playlist: Playlist) -> str:
    """The playlist as text, for a file in UTF-8."""
    root = Element("playlist", {"version": "1", "xmlns": SPACE})
    _say(root, "title", playlist.title)
    if playlist.date is not None:
        _say(root, "date", playlist.date.isoformat(timespec="seconds"))
    tracks = SubElement(root, "trackList")
    for entry in playlist.entries:
        track = SubElement(tracks, "track")
        _say(track, "location", reference(entry.location) if entry.location else "")
        _say(track, "identifier", RECORDING + entry.recording if entry.recording else "")
        _say(track, "title", entry.title)
        _say(track, "creator", entry.artist)
        _say(track, "info", entry.info)
        _say(track, "album", entry.album)
        if entry.duration_s is not None:
            _say(track, "duration", str(round(entry.duration_s * 1000)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode") + "\n"


def read(text: str) -> Playlist:
    """The playlist that a text holds."""
    parser = XMLParser(target=_Tree())  # noqa: S314 - _Tree takes no DTD, so no entities
    try:
        # As text, whatever encoding its first line once named.
        parser.feed(text.removeprefix("\ufeff").encode("utf-8", "replace"))
        root = parser.close()
    except (ParseError, LookupError, ValueError) as error:
        raise NoPlaylist("it is not XML") from error
    if _name(root) != "playlist":
        raise NoPlaylist("it is XML of another kind")
    lists = [child for child in root if _name(child) == "trackList"]
    tracks = [track for one in lists for track in one if _name(track) == "track"]
    return Playlist(
        _said(root).get("title", ""),
        tuple(map(_entry, tracks)),
        moment(_said(root).get("date", "")),
    )


class _Tree(TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse what could define entities: no playlist needs them."""
        raise NoPlaylist("it defines a document type, which no playlist needs")


def _entry(track: Element) -> Entry:
    said = _said(track)
    info, identifier = said.get("info", ""), said.get("identifier", "")
    where = said.get("location", "")
    return Entry(
        title=said.get("title", ""),
        artist=said.get("creator", ""),
        album=said.get("album", ""),
        duration_s=seconds(said.get("duration", "")),
        location=location(where) if where else "",
        info=info if is_web(info) else "",
        recording=mbid(identifier.rpartition("/")[2]),
    )


def _said(element: Element) -> dict[str, str]:
    """The first text under each name."""
    said: dict[str, str] = {}
    for child in element:
        said.setdefault(_name(child), (child.text or "").strip())
    return said


def _name(element: Element) -> str:
    """The element's name, whatever namespace a careless writer left out or mistyped."""
    return str(element.tag).rpartition("}")[2]


def _say(parent: Element, name: str, text: str) -> None:
    if text:
        SubElement(parent, name).text = text
