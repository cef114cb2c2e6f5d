"""The text of a list, whatever its form, as rows of words that know their line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from affetto.errors import Misuse

COLUMNS: Final = (
    "emotion", "title", "artist", "year", "language", "region",
    "valence", "arousal", "explicit", "because",
)  # fmt: skip
_DEEPEST: Final = 4  # a mapping of a list of mappings of words


class BadSheet(Misuse):
    """A file that is no list of songs we can read; says where and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as it stands in the file: text by name, and where each stands."""

    where: str  # "Line 12", "Song 3"
    words: Mapping[str, str]
    places: Mapping[str, str] = field(default_factory=dict)

    def at(self, name: str) -> str:
        """Where one of its words stands."""
        return self.places.get(name, self.where)


@dataclass(frozen=True, slots=True)
class Rows:
    """All entries of a file."""

    songs: Sequence[Row]
    removed: Sequence[Row] = ()
    order: Sequence[Row] = ()
    emotion: str = ""  # of entries that name none


def csv_rows(text: str, name: str) -> Rows:
    """Rows under a line of column names, parted by commas, semicolons or tabs."""
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[Row] = []
    heads: list[str] = []
    line = 1
    try:
        for cells in reader:
            where, line = f"Line {line}", reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not heads:
                heads = [cell.strip().casefold() for cell in cells]
                _known(heads, where, name)
                continue
            if len(cells) > len(heads):
                raise bad(
                    where,
                    name,
                    f"there are {len(cells)} cells under {len(heads)} columns",
                    "Put quotation marks around text that holds the separator",
                )
            rows.append(Row(where, dict(zip(heads, cells, strict=False))))
    except csv.Error as error:
        raise bad(f"Line {reader.line_num}", name, f"this is no CSV ({error})", "Mend it") from (
            error
        )
    return Rows(rows)


def json_rows(text: str, name: str) -> Rows:
    """A list of songs, or ``{"songs": […]}``. Songs are named by number, not by line."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise bad(f"Line {error.lineno}", name, f"this is no JSON ({error.msg})", "Mend it") from (
            error
        )
    except (RecursionError, ValueError):  # too deep, or a number too long to be one
        raise bad(
            "Line 1", name, "this is no list of songs", "Write songs, not lists of lists"
        ) from (None)
    if isinstance(data, list):
        data = {"songs": data}
    if not isinstance(data, dict):
        raise bad("Line 1", name, "there is no list of songs", 'Write {"songs": [ … ]}')
    _parts(data, "Line 1", name)

    def rows(part: str, called: str) -> list[Row]:
        found = [] if data.get(part) is None else data[part]
        if not isinstance(found, list):
            raise bad("Line 1", name, f"{part!r} is no list", 'Write {"songs": [ … ]}')
        made = []
        for number, one in enumerate(found, 1):
            where = f"{called} {number}"
            if not isinstance(one, dict):
                raise bad(where, name, "this is no song", 'Write {"title": …, "artist": …}')
            _known([str(key) for key in one], where, name)
            made.append(Row(where, {str(k): _text(v, str(k), where, name) for k, v in one.items()}))
        return made

    emotion = _text(data.get("emotion"), "emotion", "Line 1", name)
    return Rows(
        rows("songs", "Song"),
        rows("removed", "Removed song"),
        rows("order", "Song of the order"),
        emotion,
    )


def _text(value: object, key: str, where: str, name: str) -> str:
    if isinstance(value, dict | list):
        raise bad(where, name, f"{key!r} holds more than one value", "Write one")
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def yaml_rows(text: str, name: str) -> Rows:
    """``songs:`` and below it the songs, each value as it is written."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _shallow(yaml.parse(text, loader), name)
        root = yaml.compose(text, loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"Line {mark.line + 1}" if mark else "Line 1"
        raise bad(
            where,
            name,
            f"this is no YAML ({error.problem or error.context})",
            "Mend it: text with a colon or a quotation mark in it needs quotation marks around it",
        ) from error
    except yaml.YAMLError as error:
        raise bad("Line 1", name, f"this is no YAML ({error})", "Save it as plain text") from error
    if root is None:
        return Rows(())
    top = _mapping(root, name, 'Write "songs:" and below it the songs')
    _parts(top, _line(root), name)

    def rows(part: str) -> list[Row]:
        node = top.get(part)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise bad(_line(node), name, f"{part!r} is no list", "Begin each song with a dash")
        made = []
        for one in node.value:
            entry = _mapping(one, name, 'Write "- title: …" and below it "artist: …"')
            _known(entry, _line(one), name)
            words = {key: _word(value, key, name) for key, value in entry.items()}
            made.append(Row(_line(one), words, {k: _line(v) for k, v in entry.items()}))
        return made

    emotion = _word(top["emotion"], "emotion", name) if "emotion" in top else ""
    return Rows(rows("songs"), rows("removed"), rows("order"), emotion)


def _shallow(events: Iterable[Any], name: str) -> None:
    """Refuse what could make a small file large or a reader stumble: aliases and depth."""
    import yaml

    depth = 0
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            raise bad(_line(event), name, "songs cannot refer to each other", "Write it out")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise bad(_line(event), name, "it is nested too deeply", "Write songs, no more")


def _mapping(node: Any, name: str, remedy: str) -> dict[str, Any]:
    import yaml

    if not isinstance(node, yaml.MappingNode):
        raise bad(_line(node), name, "names with values are missing here", remedy)
    entries: dict[str, Any] = {}
    for key, value in node.value:
        if key.value in entries:
            raise bad(_line(key), name, f"{key.value!r} is said twice", "Remove one of the two")
        entries[str(key.value)] = value
    return entries


def _word(node: Any, key: str, name: str) -> str:
    import yaml

    if not isinstance(node, yaml.ScalarNode):
        raise bad(_line(node), name, f"{key!r} holds more than one value", "Write one")
    empty = node.tag.endswith(":null") and node.value in {"", "~"}
    return "" if empty else str(node.value)  # as written: the title 1944 is no number


def _line(node: Any) -> str:
    return f"Line {node.start_mark.line + 1}"


def _known(keys: Iterable[str], where: str, name: str) -> None:
    _named(keys, COLUMNS, where, name)


def _parts(keys: Iterable[str], where: str, name: str) -> None:
    _named(keys, ("emotion", "songs", "removed", "order"), where, name)


def _named(keys: Iterable[str], known: Sequence[str], where: str, name: str) -> None:
    for key in keys:
        if key not in known:
            near = get_close_matches(key.casefold(), known, n=1)
            guess = f"; {near[0]!r} comes nearest" if near else ""
            raise bad(where, name, f"{key!r} is no name that we know{guess}",
                       f"Use one of {', '.join(known)}")  # fmt: skip


def bad(where: str, name: str, what: str, remedy: str) -> BadSheet:
    """The error for one place of one file."""
    return BadSheet(f"{where} of {name}: {what}.", remedy=f"{remedy}; nothing was changed.")
