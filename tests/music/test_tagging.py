from __future__ import annotations

import io
import os
import struct
from contextlib import suppress
from pathlib import Path

import mutagen
import mutagen.flac
import mutagen.id3
import mutagen.oggvorbis
import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affetto.music.tagging import flac, id3, ogg, replacing
from affetto.music.tagging.comments import Comments
from affetto.music.tagging.splices import (
    Splice,
    Untaggable,
    inverse,
    narrowed,
    spliced,
)
from affetto.music.tagging.writing import plan, undo, values_of, write, written_files
from affetto.track import TrackFeatures
from music.sounds import A_MAJOR, PNG, chord, tag, with_cover
from music.sounds import write as make

PIECE = chord(A_MAJOR, 2)
HAPPY = TrackFeatures(0.4, 0.25)
SAD = TrackFeatures(-0.4, -0.25)
FORMATS = (".mp3", ".flac", ".ogg", ".opus")

many = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=400)
names = st.text(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), min_size=1, max_size=12)


def said(path: Path) -> dict[str, str]:
    """What another reader finds of ours in the file."""
    tags = mutagen.File(path).tags or {}
    if path.suffix != ".mp3":
        return {
            name: tags[name][0]
            for name in ("MOOD", "VALENCE", "AROUSAL", "AFFETTO")
            if name in tags
        }
    found = {frame.desc.upper(): frame.text[0] for frame in tags.getall("TXXX")}
    if "TMOO" in tags:
        found["MOOD"] = tags["TMOO"].text[0]
    return found


def pcm(path: Path) -> np.ndarray:
    return soundfile.read(path, dtype="float32")[0]


def tagged(path: Path, undo_folder: Path, features: TrackFeatures = HAPPY) -> Path:
    write(plan(path, features), undo_folder)
    return path


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Where what undoes a change is kept."""
    return tmp_path / "undo"


@pytest.mark.parametrize("ending", FORMATS)
def test_tags_are_read_by_others_leave_the_sound_alone_and_go_without_trace(
    tmp_path: Path, notes: Path, ending: str
) -> None:
    path = tag(make(tmp_path / f"a{ending}", PIECE), title="Ébène", artist="Nina")
    before, sound, time = path.read_bytes(), pcm(path), path.stat().st_mtime_ns
    tagged(path, notes)
    assert said(path) == values_of(HAPPY)
    assert said(path)["VALENCE"] == "0.40"
    assert mutagen.File(path, easy=True)["title"] == ["Ébène"]
    assert np.array_equal(pcm(path), sound)
    assert written_files(notes) == [path]
    undo(path, notes)
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == time
    assert written_files(notes) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == [path.name, "undo"]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_mood_that_was_heard_anew_takes_the_place_of_ours_and_all_is_undone_at_once(
    tmp_path: Path, notes: Path, ending: str
) -> None:
    path = make(tmp_path / f"a{ending}", PIECE)
    before = path.read_bytes()
    tagged(path, notes)
    assert plan(path, HAPPY).values == {}
    tagged(path, notes, SAD)
    assert said(path) == values_of(SAD)
    if ending != ".mp3":
        assert [len(mutagen.File(path)[name]) for name in values_of(SAD)] == [1, 1, 1, 1]
    undo(path, notes)
    assert path.read_bytes() == before


@pytest.mark.parametrize("ending", FORMATS)
def test_a_mood_the_file_names_itself_is_not_written_over(
    tmp_path: Path, notes: Path, ending: str
) -> None:
    path = make(tmp_path / f"a{ending}", PIECE)
    audio = mutagen.File(path)
    if ending == ".mp3":
        audio.add_tags()
        audio.tags.add(mutagen.id3.TMOO(encoding=3, text="wistful"))
    else:
        audio["mood"] = "wistful"
    audio.save()
    assert plan(path, HAPPY).kept == "wistful"
    tagged(path, notes)
    assert said(path) == {
        "MOOD": "wistful", "VALENCE": "0.40", "AROUSAL": "0.25", "AFFETTO": "valence arousal",
    }  # fmt: skip
    assert plan(path, HAPPY).values == {}


def test_an_mp3_with_only_old_tags_keeps_saying_what_they_say(tmp_path: Path, notes: Path) -> None:
    path = make(tmp_path / "a.mp3", PIECE)
    v1 = b"TAG" + b"Old song".ljust(30, b"\0") + b"Nina".ljust(30, b"\0") + bytes(30) + b"1964"
    old = path.read_bytes() + v1 + bytes(29) + b"\x07" + b"\x08"
    path.write_bytes(old)
    tagged(path, notes)
    tags = mutagen.id3.ID3(path)
    assert (str(tags["TIT2"]), str(tags["TPE1"]), str(tags["TDRC"])) == ("Old song", "Nina", "1964")
    assert (str(tags["TRCK"]), tags["TCON"].genres) == ("7", ["Jazz"])
    assert path.read_bytes().endswith(old[-128:])
    undo(path, notes)
    assert path.read_bytes() == old


@pytest.mark.parametrize("version", [3, 4])
def test_pictures_and_frames_nobody_knows_stay_and_are_not_kept_twice(
    tmp_path: Path, notes: Path, version: int
) -> None:
    picture = PNG + os.urandom(200_000)
    path = with_cover(make(tmp_path / "a.mp3", PIECE), picture)
    audio = mutagen.id3.ID3(path)
    audio.add(mutagen.id3.TXXX(encoding=1, desc="Größe", text="Łódź"))
    audio.add(mutagen.id3.PRIV(owner="someone", data=b"\xff\xe0\xff\x00"))
    audio.save(path, v2_version=version, padding=lambda _: 0)
    before = path.read_bytes()
    tagged(path, notes)
    tags = mutagen.id3.ID3(path)
    assert tags.version[1] == version
    assert tags["APIC:"].data == picture and str(tags["TXXX:Größe"]) == "Łódź"
    assert tags.getall("PRIV")[0].data == b"\xff\xe0\xff\x00"
    assert said(path)["MOOD"] == "happy"
    [record] = notes.iterdir()
    assert record.stat().st_size < 10_000
    undo(path, notes)
    assert path.read_bytes() == before


def tag_of(frames: bytes, version: int = 3, flags: int = 0, footer: bytes = b"") -> bytes:
    size = bytes((len(frames) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3" + bytes([version, 0, flags]) + size + frames + footer


def frame(name: bytes, body: bytes, flags: bytes = b"\0\0", seven: bool = False) -> bytes:
    size = len(body).to_bytes(4, "big")
    if seven:
        size = bytes((len(body) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return name + size + flags + body


PRIVATE = b"who\0\xff\xe0\xff\x00 end\xff"
UNSYNCED = b"who\0\xff\x00\xe0\xff\x00\x00 end\xff\x00"
LONG = b"\0" + b"x" * 300
ODD_TAGS = {
    "unsynchronised, version 3": tag_of(
        b"PRIV" + len(PRIVATE).to_bytes(4, "big") + b"\0\0" + UNSYNCED, flags=0x80
    ),
    "unsynchronised, version 4": tag_of(
        frame(b"PRIV", UNSYNCED, b"\0\x02", seven=True), version=4, flags=0x80
    ),
    "extended header, version 3": tag_of(
        b"\0\0\0\x06\0\0\0\0\0\0" + frame(b"PRIV", PRIVATE), flags=0x40
    ),
    "extended header, version 4": tag_of(
        b"\0\0\0\x06\x01\0" + frame(b"PRIV", PRIVATE, seven=True), version=4, flags=0x40
    ),
    "lengths in eight bits in version 4": tag_of(
        frame(b"TPE1", LONG) + frame(b"PRIV", PRIVATE), version=4
    ),
    "footer": tag_of(
        frame(b"PRIV", PRIVATE, seven=True), version=4, flags=0x10, footer=b"3DI\4\0\x10\0\0\0\x1b"
    ),
    "padding": tag_of(frame(b"PRIV", PRIVATE) + bytes(600)),
    "no frames": tag_of(bytes(20)),
}


@pytest.mark.parametrize("kind", ODD_TAGS)
def test_tags_of_every_make_are_added_to_and_restored(
    tmp_path: Path, notes: Path, kind: str
) -> None:
    path = make(tmp_path / "a.mp3", PIECE)
    path.write_bytes(ODD_TAGS[kind] + path.read_bytes())
    before, sound = path.read_bytes(), pcm(path)
    tagged(path, notes)
    assert said(path) == values_of(HAPPY)
    private = mutagen.id3.ID3(path).getall("PRIV")
    if kind != "no frames":
        assert private[0].data == PRIVATE[4:]
    if kind == "padding":
        assert path.stat().st_size == len(before)
    assert np.array_equal(pcm(path), sound)
    undo(path, notes)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (tag_of(b"", version=2), "old kind"),
        (tag_of(frame(b"TIT2", b"\0One"))[:12], "damaged"),
        (tag_of(b"TIT2\0\0\xff\xff\0\0\0One"), "damaged"),
        (tag_of(b"t?t2\0\0\0\4\0\0\0One"), "damaged"),
        (tag_of(bytes(8) + b"remains"), "damaged"),
        (tag_of(b"")[:6] + b"\xff\xff\xff\xff", "damaged"),
        (tag_of(b"") + b"fLaC", "flac behind an mp3's tags"),
        (b"RIFF\0\0\0\0WAVE", "mp3, flac, ogg and opus files only"),
        (b"\0\0\0\x20ftypM4A ", "mp3, flac, ogg and opus files only"),
        (b"", "mp3, flac, ogg and opus files only"),
        (b"\xff\xf1\x50\x80", "mp3, flac, ogg and opus files only"),
        (b"fLaC\x84\0\0\4\0\0\0\0", "damaged flac"),
        (b"fLaC\0\0\0\x22", "damaged flac"),
        (b"OggS\0\0", "damaged ogg"),
    ],
)  # fmt: skip
def test_what_cannot_be_tagged_is_left_alone_with_a_reason(
    tmp_path: Path, notes: Path, head: bytes, said: str
) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(head)
    with pytest.raises(Untaggable, match=said) as caught:
        tagged(path, notes)
    assert caught.value.remedy
    assert path.read_bytes() == head and not notes.exists()


def test_a_file_that_is_gone_read_only_linked_or_no_file_is_refused_with_a_reason(
    tmp_path: Path, notes: Path
) -> None:
    path = make(tmp_path / "a.flac", PIECE)
    with pytest.raises(Untaggable, match="no such file"):
        plan(tmp_path / "nowhere.flac", HAPPY)
    with pytest.raises(Untaggable, match="no ordinary file"):
        plan(tmp_path, HAPPY)
    path.chmod(0o444)
    with pytest.raises(Untaggable, match="read-only"):
        plan(path, HAPPY)
    path.chmod(0o644)
    if os.name != "nt":
        (tmp_path / "link.flac").symlink_to(path)
        with pytest.raises(Untaggable, match="a link"):
            plan(tmp_path / "link.flac", HAPPY)
        os.link(path, tmp_path / "twin.flac")
        with pytest.raises(Untaggable, match="several names"):
            plan(path, HAPPY)


def test_a_valence_of_the_listeners_own_and_a_mood_they_put_right_stay(
    tmp_path: Path, notes: Path
) -> None:
    path = make(tmp_path / "a.flac", PIECE)
    audio = mutagen.File(path)
    audio["valence"] = "7"  # on a scale of their own
    audio.save()
    tagged(path, notes)
    assert said(path) == values_of(HAPPY) | {"VALENCE": "7", "AFFETTO": "mood arousal"}
    audio = mutagen.File(path)
    audio["mood"] = "wistful"
    audio.save()
    assert plan(path, SAD).kept == "wistful"
    tagged(path, notes, SAD)
    assert said(path) == {
        "MOOD": "wistful", "VALENCE": "7", "AROUSAL": "-0.25", "AFFETTO": "arousal",
    }  # fmt: skip
    audio = mutagen.File(path)
    audio["arousal"], audio["affetto"] = "3", ""
    audio.save()
    assert plan(path, HAPPY).values == {}


def test_what_the_system_keeps_beside_a_file_stays_with_it(tmp_path: Path, notes: Path) -> None:
    path = make(tmp_path / "a.flac", PIECE)
    path.chmod(0o640)
    os.utime(path, ns=(10**18, 10**18))
    marked = False
    with suppress(OSError, AttributeError):  # not every system or disk keeps such words
        os.setxattr(path, "user.stars", b"5")
        marked = True
    tagged(path, notes)
    assert path.stat().st_mtime_ns > 10**18
    undo(path, notes)
    assert path.stat().st_mtime_ns == 10**18
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o640
    if marked:
        assert os.getxattr(path, "user.stars") == b"5"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such owners")
def test_a_file_that_would_change_hands_is_left_alone(
    tmp_path: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a.flac", PIECE)
    before = path.read_bytes()

    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refused)
    monkeypatch.setattr(replacing, "_owner", lambda p: (7, 7) if p == path else (8, 8))
    with pytest.raises(Untaggable, match="belongs to another account"):
        tagged(path, notes)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == [path.name]


def test_two_programs_never_write_the_same_copy_and_one_left_behind_is_cleared_away(
    tmp_path: Path, notes: Path
) -> None:
    path = make(tmp_path / "a.flac", PIECE)
    before = path.read_bytes()
    copy = tmp_path / ".a.flac.affetto-part"
    copy.write_bytes(b"half")
    with pytest.raises(Untaggable, match="Another program"):
        tagged(path, notes)
    assert path.read_bytes() == before and copy.read_bytes() == b"half"
    os.utime(copy, (1, 1))
    tagged(path, notes)
    assert not copy.exists() and said(path) == values_of(HAPPY)


def test_a_copy_that_did_not_reach_the_disk_whole_takes_nobody_s_place(
    tmp_path: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a.flac", PIECE)
    before, sync = path.read_bytes(), os.fsync

    def torn(file: int) -> None:
        sync(file)
        for copy in tmp_path.glob(".*part"):
            copy.write_bytes(b"torn")

    monkeypatch.setattr(os, "fsync", torn)
    with pytest.raises(Untaggable, match="changed meanwhile"):
        tagged(path, notes)
    assert path.read_bytes() == before


def test_the_longest_name_a_disk_takes_is_no_obstacle(tmp_path: Path, notes: Path) -> None:
    path = make(tmp_path / "a.flac", PIECE).rename(tmp_path / ("音" * 82 + ".flac"))
    tagged(path, notes)
    assert said(path) == values_of(HAPPY)


@pytest.mark.parametrize("left", ["", "[]", "{}", '{"layers": [{}]}', '{"layers": [7]}'])
def test_a_damaged_note_is_said_and_never_taken_for_nothing_to_undo(
    tmp_path: Path, notes: Path, left: str
) -> None:
    path = tagged(make(tmp_path / "a.flac", PIECE), notes)
    before = path.read_bytes()
    (note,) = notes.glob("*.undo.json")
    note.write_text(left)
    assert written_files(notes) == []
    for change in (lambda: undo(path, notes), lambda: tagged(path, notes, SAD)):
        with pytest.raises(Untaggable, match="cannot be read"):
            change()
    assert path.read_bytes() == before and note.read_text() == left


def test_a_file_changed_by_somebody_else_is_not_undone(tmp_path: Path, notes: Path) -> None:
    path = tagged(make(tmp_path / "a.flac", PIECE), notes)
    tag(path, title="Mine")
    theirs = path.read_bytes()
    with pytest.raises(Untaggable, match="changed since"):
        undo(path, notes)
    assert path.read_bytes() == theirs
    tagged(path, notes, SAD)  # from here on there is a way back to what they made
    undo(path, notes)
    assert path.read_bytes() == theirs


def test_a_moved_file_is_undone_once_it_is_back_where_it_was_written(
    tmp_path: Path, notes: Path
) -> None:
    path = make(tmp_path / "a.mp3", PIECE)
    before = path.read_bytes()
    tagged(path, notes)
    moved = path.rename(tmp_path / "b.mp3")
    with pytest.raises(Untaggable, match="moved, renamed or deleted") as refused:
        undo(path, notes)
    assert "Put it back" in refused.value.remedy
    assert written_files(notes) == [path]
    undo(moved.rename(path), notes)
    assert path.read_bytes() == before and written_files(notes) == []


def test_a_write_cut_short_before_it_began_is_nothing_to_undo(
    tmp_path: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a.flac", PIECE)
    before = path.read_bytes()

    replace = Path.replace

    def power_cut(part: Path, place: Path) -> Path:
        if place == path:
            raise KeyboardInterrupt
        return replace(part, place)

    monkeypatch.setattr(Path, "replace", power_cut)
    with pytest.raises(KeyboardInterrupt):
        tagged(path, notes)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert written_files(notes) == [path]
    tagged(path, notes)
    undo(path, notes)
    assert path.read_bytes() == before and written_files(notes) == []


def test_a_full_disk_leaves_the_file_as_it_was(
    tmp_path: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a.flac", PIECE)
    before = path.read_bytes()

    sync, room = os.fsync, 0

    def little_room(file: int) -> None:
        nonlocal room
        room -= 1
        if room < 0:
            raise OSError(28, "No space left on device")
        sync(file)

    monkeypatch.setattr(os, "fsync", little_room)
    with pytest.raises(Untaggable, match="undoes the change cannot be kept"):
        tagged(path, notes)
    room = 1 if os.name == "nt" else 2  # for what undoes the change, not for the changed copy
    with pytest.raises(Untaggable, match="no space left"):
        tagged(path, notes)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == [path.name]


def test_a_flac_without_comments_or_with_room_is_tagged(tmp_path: Path, notes: Path) -> None:
    path = make(tmp_path / "a.flac", PIECE)
    audio = mutagen.flac.FLAC(path)
    audio.save(padding=lambda _: 1000)
    size = path.stat().st_size
    tagged(path, notes)
    assert path.stat().st_size == size  # out of the padding
    assert said(path) == values_of(HAPPY)
    undo(path, notes)

    audio = mutagen.flac.FLAC(path)
    audio.metadata_blocks = [audio.metadata_blocks[0]]
    sound = path.read_bytes()[path.read_bytes().index(b"\xff\xf8") :]
    info = audio.metadata_blocks[0].write()
    path.write_bytes(b"fLaC\x80" + len(info).to_bytes(3, "big") + info + sound)
    before, heard = path.read_bytes(), pcm(path)
    tagged(path, notes)
    assert said(path) == values_of(HAPPY)
    assert np.array_equal(pcm(path), heard)
    undo(path, notes)
    assert path.read_bytes() == before


@pytest.mark.parametrize("ending", [".ogg", ".opus"])
@pytest.mark.parametrize("size", [100_000, 64_900])
def test_an_ogg_whose_tags_need_another_page_has_its_pages_numbered_anew(
    tmp_path: Path, notes: Path, ending: str, size: int
) -> None:
    path = make(tmp_path / f"a{ending}", np.tile(PIECE, 4))
    audio = mutagen.File(path)
    audio["cover"] = "x" * size
    audio.save(padding=lambda _: 0)
    before, sound = path.read_bytes(), pcm(path)
    with path.open("rb") as file:
        changed = b"".join(spliced(file, ogg.change(file, {"MOOD": "sad", "LONG": "y" * 70_000})))
    path.write_bytes(changed)
    assert len(pages(changed)) != len(pages(before))
    assert [number for number, _ in pages(changed)] == list(range(len(pages(changed))))
    assert all(right for _, right in pages(changed))
    assert np.array_equal(pcm(path), sound)
    assert mutagen.File(path)["mood"] == ["sad"] and mutagen.File(path)["cover"] == ["x" * size]


def pages(data: bytes) -> list[tuple[int, bool]]:
    """Each page's number, and whether its checksum is that of mutagen's reckoning."""
    from mutagen.ogg import OggPage

    found, stream = [], io.BytesIO(data)
    while stream.tell() < len(data):
        at = stream.tell()
        page = OggPage(stream)
        found.append((page.sequence, page.write() == data[at : stream.tell()]))
    return found


def test_a_second_song_in_the_same_ogg_keeps_its_own_numbers(tmp_path: Path, notes: Path) -> None:
    path = make(tmp_path / "a.ogg", PIECE)
    one = path.read_bytes()
    path.write_bytes(one + one)
    with path.open("rb") as file:
        changed = b"".join(spliced(file, ogg.change(file, {"LONG": "y" * 70_000})))
    assert changed.endswith(one)
    path.write_bytes(one + b"junk behind the sound")
    with path.open("rb") as file, pytest.raises(Untaggable, match="damaged ogg"):
        ogg.change(file, {"LONG": "y" * 70_000})
    assert tagged(path, notes).read_bytes().endswith(b"junk behind the sound")


def test_an_ogg_that_holds_flac_or_two_streams_is_refused(tmp_path: Path, notes: Path) -> None:
    path = tmp_path / "a.ogg"
    soundfile.write(path, PIECE, 44_100, format="OGG", subtype="VORBIS")
    data = path.read_bytes()
    first = len(data[: data.index(b"OggS", 4)])
    other = bytearray(data[first:])
    other[14:18] = struct.pack("<I", 12345)
    for content, reason in (
        (data[:28] + b"\x7fFLAC" + data[33:], "neither Vorbis nor Opus"),
        (data[:first] + bytes(other), "several streams"),
        (data[:first], "damaged ogg"),
    ):
        path.write_bytes(content)
        with pytest.raises(Untaggable, match=reason):
            plan(path, HAPPY)


@many
@given(data=st.data(), values=st.dictionaries(names, texts, min_size=1, max_size=5))
@pytest.mark.parametrize("ending", FORMATS)
def test_any_tags_come_back_as_written_and_the_way_back_gives_the_same_bytes(
    tmp_path: Path, ending: str, data: st.DataObject, values: dict[str, str]
) -> None:
    path = tmp_path / f"a{ending}"
    if not path.exists():
        tag(make(path, chord(A_MAJOR, 0.3)), title="One", artist="Two")
        if ending == ".mp3" and data.draw(st.booleans()):
            mutagen.id3.ID3(path).save(path, v2_version=3)
        path.with_suffix(".first").write_bytes(path.read_bytes())
    before = path.with_suffix(".first").read_bytes()
    module = {".mp3": id3, ".flac": flac}.get(ending, ogg)
    content = before
    for wanted in (values, dict.fromkeys(values, "again")):
        file = io.BytesIO(content)
        splices = module.change(file, wanted)
        changed = b"".join(spliced(file, splices))
        back = b"".join(spliced(io.BytesIO(changed), inverse(splices)))
        assert back == content
        read = module.own_words(io.BytesIO(changed))
        assert {name: read.get(name) for name in wanted} == wanted
        content = changed
    assert len(content) < len(before) + 8000
    path.write_bytes(content)
    assert mutagen.File(path, easy=True)["title"] == ["One"]


@many
@given(before=st.binary(max_size=60), after=st.binary(max_size=60), at=st.integers(0, 9))
def test_an_exchange_of_bytes_can_always_be_turned_back(
    before: bytes, after: bytes, at: int
) -> None:
    content = bytes(at) + before + b"tail"
    splices = narrowed(at, before, after)
    changed = b"".join(spliced(io.BytesIO(content), splices))
    assert changed == bytes(at) + after + b"tail"
    assert b"".join(spliced(io.BytesIO(changed), inverse(splices))) == content


def test_a_file_that_holds_something_else_by_now_is_not_spliced() -> None:
    for content in (b"abd", b"a"):
        with pytest.raises(Untaggable, match="changed meanwhile"):
            list(spliced(io.BytesIO(content), [Splice(2, b"c", b"x")]))
    with pytest.raises(ValueError, match="overlap"):
        list(spliced(io.BytesIO(b"abc"), [Splice(0, b"ab", b""), Splice(1, b"b", b"")]))


@many
@given(data=st.binary(max_size=200))
def test_no_bytes_whatever_break_the_comment_reader(data: bytes) -> None:
    with suppress(Untaggable):
        assert Comments.read(data).written() == data
