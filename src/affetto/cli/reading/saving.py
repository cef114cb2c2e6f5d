"""Files that a command makes: never in place of another unless asked, never half done."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from affetto.errors import AffettoError, Misuse


class CannotSave(AffettoError):
    """A file could not be written."""


def claim(
    path: Path, option: str, endings: Collection[str], read: Iterable[Path], force: bool
) -> None:
    """Make sure, before any work, that ``path`` may be written.

    ``endings`` are those it may have, such as ".png"; none at all means any. Raises Misuse
    when it has another, lies in no folder, is one of the files ``read``, or is there
    already and ``force`` was not given.
    """
    if endings and path.suffix.casefold() not in endings:
        raise Misuse(
            f"{option} cannot write {path}.",
            remedy=f"Give it a name that ends in {' or '.join(endings)}.",
        )
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise Misuse(
            f"{path} is a folder." if path.is_dir() else f"There is no folder {path.parent}.",
            remedy="Name a file in a folder that is there.",
        )
    for one in read:
        with suppress(OSError):
            if path.samefile(one):
                raise Misuse(f"{path} would replace what is read.", remedy="Choose another name.")
    if path.exists() and not force:
        raise Misuse(
            f"{path} is there already.",
            remedy="Choose another name, or add --force to replace it.",
        )


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A place to write to, which becomes ``path`` when the block ends well.

    When it does not, ``path`` stays as it was. Raises CannotSave.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise cannot_save(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def cannot_save(path: Path, error: OSError) -> CannotSave:
    """Why ``path`` could not be written."""
    return CannotSave(
        f"{path} could not be written ({error.strerror or error}).",
        remedy="Free some space, or choose another folder.",
    )
