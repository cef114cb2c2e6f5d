from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import faces_kit
from affetto.errors import UnreadablePicture
from affetto.senses.camera import LONGEST_SIDE, open_picture

RED, BLUE = (220, 20, 30), (20, 30, 220)


def two_colours(wide: int = 64, high: int = 48) -> np.ndarray:
    """Red on the left, blue on the right, with a white bar at the top."""
    pixels = np.zeros((high, wide, 3), np.uint8)
    pixels[:, : wide // 2], pixels[:, wide // 2 :] = RED, BLUE
    pixels[: high // 4] = 255
    return pixels


def close(pixels: np.ndarray, expected: np.ndarray, by: int = 12) -> bool:
    return pixels.shape == expected.shape and bool(
        np.abs(pixels.astype(int) - expected).mean() < by
    )


# -- pictures that can be read --------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_every_common_format_opens(kind: str) -> None:
    seen = open_picture(faces_kit.encoded(two_colours(), kind))
    assert seen.pixels.dtype == np.uint8
    assert close(seen.pixels, two_colours())


@pytest.mark.parametrize("options", [{"lossless": True}, {"lossless": False}, {"exif": b"Exif"}])
def test_each_kind_of_webp_opens(options: dict[str, object]) -> None:
    assert close(
        open_picture(faces_kit.encoded(two_colours(), "WEBP", **options)).pixels, two_colours()
    )


def test_a_file_an_upload_and_an_open_file_are_the_same_picture(tmp_path: Path) -> None:
    content = faces_kit.encoded(two_colours(), "PNG")
    path = tmp_path / "ä picture.png"
    path.write_bytes(content)
    for source in (path, content, BytesIO(content)):
        assert (open_picture(source).pixels == two_colours()).all()


def test_the_name_of_a_file_is_never_believed(tmp_path: Path) -> None:
    path = tmp_path / "really-a-png.jpg"
    path.write_bytes(faces_kit.encoded(two_colours(), "PNG"))
    assert (open_picture(path).pixels == two_colours()).all()


def test_the_time_of_a_frame_is_the_one_given_or_now() -> None:
    content = faces_kit.encoded(two_colours())
    assert open_picture(content, at=faces_kit.NOON).at == faces_kit.NOON
    assert abs(open_picture(content).at - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_phone_held_any_way_gives_an_upright_picture(kind: str, orientation: int) -> None:
    upright = two_colours()
    undo = {  # how a camera that wrote this orientation had stored the upright picture
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright, 1),
        7: np.rot90(upright, 2).transpose(1, 0, 2),
        8: np.rot90(upright, -1),
    }
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = faces_kit.encoded(np.ascontiguousarray(undo[orientation]), kind, exif=exif.tobytes())
    assert close(open_picture(stored).pixels, upright)


def test_a_senseless_orientation_turns_nothing() -> None:
    exif = Image.Exif()
    exif[0x0112] = 77
    assert close(
        open_picture(faces_kit.encoded(two_colours(), exif=exif.tobytes())).pixels, two_colours()
    )


def test_broken_notes_about_a_picture_do_not_spoil_it() -> None:
    content = faces_kit.encoded(two_colours())
    broken = b"Exif\0\0" + b"MM\0*\xff\xff\xff\xff"
    segment = b"\xff\xe1" + struct.pack(">H", len(broken) + 2) + broken
    assert close(open_picture(content[:2] + segment + content[2:]).pixels, two_colours())


def test_a_cmyk_jpeg_keeps_its_colours() -> None:
    file = BytesIO()
    Image.fromarray(two_colours()).convert("CMYK").save(file, "JPEG", quality=95)
    assert close(open_picture(file.getvalue()).pixels, two_colours(), by=20)


def test_a_grey_jpeg_is_grey_in_three_colours() -> None:
    grey = np.asarray(Image.fromarray(two_colours()).convert("L"))
    seen = open_picture(faces_kit.encoded(grey)).pixels
    assert close(seen, np.repeat(grey[:, :, None], 3, axis=2))


def test_sixteen_bits_a_pixel_become_eight() -> None:
    grey = np.linspace(0, 65535, 64 * 48).reshape(48, 64).astype(np.uint16)
    seen = open_picture(faces_kit.encoded(grey, "PNG")).pixels
    assert close(seen, np.repeat((grey >> 8)[:, :, None], 3, axis=2), by=1)


def test_a_large_picture_of_sixteen_bits_is_made_smaller() -> None:
    grey = np.full((100, 2 * LONGEST_SIDE), 30000, np.uint16)
    seen = open_picture(faces_kit.encoded(grey, "PNG")).pixels
    assert seen.shape == (50, LONGEST_SIDE, 3)
    assert (seen == 30000 >> 8).all()


def test_transparent_parts_turn_white() -> None:
    alpha = np.dstack([two_colours(), np.full((48, 64), 255, np.uint8)])
    alpha[:, :32, 3] = 0
    seen = open_picture(faces_kit.encoded(alpha, "PNG")).pixels
    assert (seen[:, :32] == 255).all()
    assert (seen[20:, 32:] == BLUE).all()


def test_a_palette_with_a_transparent_colour_turns_white_there() -> None:
    image = Image.fromarray(two_colours()).quantize(4)
    file = BytesIO()
    clear = int(np.asarray(image)[40, 5])
    image.save(file, "PNG", transparency=clear)
    seen = open_picture(file.getvalue()).pixels
    assert (seen[40, 5] == 255).all()
    assert np.abs(seen[40, 60].astype(int) - BLUE).max() < 20


@pytest.mark.parametrize("mode", ["1", "P", "LA"])
def test_rarer_kinds_of_pixels_open(mode: str) -> None:
    file = BytesIO()
    Image.fromarray(two_colours()).convert(mode).save(file, "PNG")
    assert open_picture(file.getvalue()).pixels.shape == (48, 64, 3)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_no_side_is_longer_than_a_frame_may_be(kind: str) -> None:
    seen = open_picture(faces_kit.encoded(two_colours(2100, 300), kind)).pixels
    assert close(seen, two_colours(LONGEST_SIDE, 229))


def test_a_phone_photo_of_48_megapixels_opens() -> None:
    photo = np.zeros((6000, 8000, 3), np.uint8)
    photo[:, :4000], photo[:, 4000:] = RED, BLUE
    seen = open_picture(faces_kit.encoded(photo, quality=40)).pixels
    assert seen.shape == (1200, 1600, 3)
    assert np.abs(seen[600, 100].astype(int) - RED).max() < 10
    assert np.abs(seen[600, 1500].astype(int) - BLUE).max() < 10


def test_padding_between_the_parts_of_a_jpeg_harms_nothing() -> None:
    content = faces_kit.encoded(two_colours())
    comment = b"\xff\xfe\x00\x04hi"
    for padding in (b"\xff\xff", b"\0\0\0"):
        padded = content[:2] + comment + padding + content[2:]
        assert close(open_picture(padded).pixels, two_colours())


def test_a_progressive_jpeg_opens() -> None:
    content = faces_kit.encoded(two_colours(), progressive=True)
    assert close(open_picture(content).pixels, two_colours())


def test_a_jpeg_of_a_thousand_passes_is_not_begun() -> None:
    content = faces_kit.encoded(two_colours(), progressive=True)
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    with pytest.raises(UnreadablePicture):
        open_picture(content[:-2] + scan * 1000 + content[-2:])


def test_a_jpeg_that_claims_two_sizes_is_refused() -> None:
    content = jpeg_header(6000, 6000)
    place = content.index(b"\xff\xc0")
    length = int.from_bytes(content[place + 2 : place + 4], "big")
    frame = content[place : place + 2 + length]
    with pytest.raises(UnreadablePicture):
        open_picture(faces_kit.encoded(two_colours())[:2] + frame + content[2:])


# -- pictures that cannot -------------------------------------------------------------------


def png_header(wide: int, high: int) -> bytes:
    """A PNG that claims a size and holds one line of it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(10)))
        + chunk(b"IEND", b"")
    )


def webp(kind: bytes, body: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 8 + 8 + len(body)) + b"WEBP" + kind + b"\0\0\0\0" + body


def jpeg_header(wide: int, high: int, marker: int = 0xC0) -> bytes:
    content = faces_kit.encoded(two_colours())
    place = content.index(b"\xff\xc0")
    return (
        content[:place]
        + bytes([0xFF, marker])
        + content[place + 2 : place + 5]
        + struct.pack(">HH", high, wide)
        + content[place + 9 :]
    )


BOMBS = {
    "png": png_header(30_000, 30_000),
    "gif": b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + bytes(20),
    "bmp": b"BM" + bytes(16) + struct.pack("<ii", 30_000, -30_000) + bytes(40),
    "webp extended": webp(b"VP8X", bytes(4) + b"\xfe\xff\xff" * 2),
    "webp lossless": webp(b"VP8L", b"\x2f" + b"\xff" * 4 + bytes(8)),
    "webp lossy": webp(b"VP8 ", bytes(6) + b"\xff\x3f\xff\x3f" + bytes(8)),
    "jpeg": jpeg_header(65_000, 65_000),
    "progressive jpeg": jpeg_header(8000, 6000, marker=0xC2),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_picture_too_large_to_open_is_refused_by_its_header(name: str) -> None:
    with pytest.raises(UnreadablePicture) as caught:
        open_picture(BOMBS[name])
    assert "too large to open safely" in caught.value.problem
    assert "a smaller copy" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("jpeg", "a JPEG may have 64 million pixels"),
        ("progressive jpeg", "a progressive JPEG may have 24 million pixels"),
        ("webp lossy", "a WebP may have 12.5 million pixels"),
    ],
)
def test_the_remedy_names_the_limit_that_holds_for_the_format(name: str, limit: str) -> None:
    with pytest.raises(UnreadablePicture) as caught:
        open_picture(BOMBS[name])
    assert limit in caught.value.remedy


def test_a_gif_whose_first_picture_outgrows_its_header_is_refused() -> None:
    content = bytearray(faces_kit.encoded(two_colours(), "GIF"))
    place = content.index(b"\x2c", 13 + 3 * 2 ** ((content[10] & 7) + 1))
    struct.pack_into("<HH", content, place + 5, 8000, 8000)
    with pytest.raises(UnreadablePicture, match="too large"):
        open_picture(bytes(content))


BROKEN = {
    "nothing": b"",
    "text": b"Dear diary, today I felt fine.\n" * 20,
    "three bytes of a jpeg": b"\xff\xd8\xff",
    "a jpeg without a picture": b"\xff\xd8\xff\xd9",
    "a jpeg whose parts lie about their length": b"\xff\xd8\xff\xe0\x00\x00\x00\x00",
    "a jpeg that ends in its header": faces_kit.encoded(two_colours())[:30],
    "half a jpeg": faces_kit.encoded(two_colours(640, 480))[:-2000],
    "a jpeg of no size": jpeg_header(0, 0),
    "half a png": faces_kit.encoded(two_colours(640, 480), "PNG")[:-700],
    "a png that holds less than it says": png_header(64, 48),
    "ten bytes of a png": faces_kit.encoded(two_colours(), "PNG")[:10],
    "half a webp": faces_kit.encoded(two_colours(), "WEBP")[:40],
    "half a gif": faces_kit.encoded(two_colours(), "GIF")[:30],
    "an iphone's heic": b"\0\0\0\x18ftypheic" + bytes(40),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_picture_is_refused_with_a_remedy(name: str) -> None:
    with pytest.raises(UnreadablePicture) as caught:
        open_picture(BROKEN[name])
    assert caught.value.problem.endswith((".", ")."))
    assert caught.value.remedy.endswith((".", ")."))


def test_each_refusal_says_what_is_wrong() -> None:
    said = dict.fromkeys(("nothing", "text", "half a jpeg", "an iphone's heic"), "")
    for name in said:
        with pytest.raises(UnreadablePicture) as caught:
            open_picture(BROKEN[name])
        said[name] = str(caught.value)
    assert "empty" in said["nothing"]
    assert "no picture" in said["text"]
    assert "cut short" in said["half a jpeg"]
    assert "HEIC" in said["an iphone's heic"] and "JPEG" in said["an iphone's heic"]


def test_a_folder_a_missing_file_and_an_impossible_name_each_say_so(tmp_path: Path) -> None:
    for path, said in (
        (tmp_path, "is a folder"),
        (tmp_path / "nowhere.jpg", "There is no file"),
        (tmp_path / ("x" * 5000), "could not be read|There is no file"),
    ):
        with pytest.raises(UnreadablePicture, match=said):
            open_picture(path)


def test_what_is_no_ordinary_file_is_left_alone() -> None:
    if not Path(os.devnull).is_char_device():
        pytest.skip("this system has no devices among its files")
    with pytest.raises(UnreadablePicture, match="not an ordinary file"):
        open_picture(Path(os.devnull))


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "locked.jpg"
    path.write_bytes(faces_kit.encoded(two_colours()))
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    with pytest.raises(UnreadablePicture, match="may not be read"):
        open_picture(path)


def test_a_file_of_gigabytes_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "huge.jpg"
    with path.open("wb") as file:
        file.truncate(65 * 2**20)  # a hole: it takes no space
    with pytest.raises(UnreadablePicture, match="larger than 64 MB"):
        open_picture(path)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "BMP"]),
    place=st.floats(0, 1),
    junk=st.binary(min_size=1, max_size=8),
)
def test_a_picture_damaged_anywhere_opens_or_is_refused_and_never_more(
    kind: str, place: float, junk: bytes
) -> None:
    content = bytearray(faces_kit.encoded(two_colours(), kind))
    at = int(place * (len(content) - 1))
    content[at : at + len(junk)] = junk
    try:
        pixels = open_picture(bytes(content)).pixels
    except UnreadablePicture:
        return
    assert pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 3


# -- memory ---------------------------------------------------------------------------------

PEAK = """
import sys
from pathlib import Path
from affetto.errors import UnreadablePicture
from affetto.senses.camera import open_picture
try:
    print(open_picture(Path(sys.argv[1])).pixels.shape)
except UnreadablePicture as error:
    print(error.problem)
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
print(next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), -1))
"""


def peak_mb(path: Path) -> tuple[str, int]:
    """What a process of its own says of the picture, and the most memory it took."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True
    )
    said, peak = done.stdout.strip().splitlines()
    if int(peak) < 0:
        pytest.skip("this system does not tell a process's peak memory")
    return said, int(peak)


def test_a_bomb_of_100_kb_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    rows = zlib.compressobj(9)
    body = b"".join(rows.compress(bytes(3751)) for _ in range(30_000)) + rows.flush()
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)

    def chunk(kind: bytes, content: bytes) -> bytes:
        end = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + end

    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )
    assert path.stat().st_size < 120_000
    said, peak = peak_mb(path)
    assert "30000 × 30000" in said
    assert peak < 150


def test_a_phone_photo_of_48_megapixels_stays_small_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "phone.jpg"
    Image.new("RGB", (8000, 6000), RED).save(path, quality=40)
    said, peak = peak_mb(path)
    assert said == "(1200, 1600, 3)"
    assert peak < 200


@pytest.mark.parametrize(
    ("kind", "size", "options"),
    [
        ("PNG", (4800, 3333), {"compress_level": 1}),
        ("WEBP", (4000, 3000), {"quality": 10, "method": 0}),
    ],
)
def test_the_largest_picture_of_each_kind_stays_below_300_mb(
    tmp_path: Path, kind: str, size: tuple[int, int], options: dict[str, int]
) -> None:
    path = tmp_path / "large"
    Image.new("RGBA", size, (*RED, 128)).save(path, kind, **options)
    said, peak = peak_mb(path)
    assert said.startswith("(") and "1600" in said
    assert peak < 300
