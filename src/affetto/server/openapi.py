"""The interface as an OpenAPI document: ``python -m affetto.server.openapi``.

Writes ``web/openapi.json`` of the clone it is run in, or the file named; ``-`` is
standard output. The page's client is generated from it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from affetto.server import wire
from affetto.server.app import describe


def document() -> dict[str, Any]:
    """The OpenAPI document, with the shapes of the live line and of problems."""
    told: dict[str, Any] = describe().openapi()
    schemas = told["components"]["schemas"]
    # FastAPI documents its own validation error; ours are all problems.
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for shape in (
        wire.Problem,
        wire.SessionEvent,
        wire.ReadingEvent,
        wire.SoundsEvent,
        wire.PongEvent,
        wire.Ping,
    ):
        schema = shape.model_json_schema(
            mode="validation" if shape is wire.Ping else "serialization",
            ref_template="#/components/schemas/{model}",
        )
        for name, inner in schema.pop("$defs", {}).items():
            schemas.setdefault(name, inner)
        schemas[shape.__name__] = schema
    told["components"]["schemas"] = dict(sorted(schemas.items()))
    return told


def text() -> str:
    """The document as it is written: stable, so that a diff shows what changed."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> None:
    """Write the document."""
    parser = argparse.ArgumentParser(
        prog="python -m affetto.server.openapi", description="Write the interface's document."
    )
    parser.add_argument(
        "file", nargs="?", default="web/openapi.json", help="where to; - is standard output"
    )
    where = parser.parse_args(arguments).file
    if where == "-":
        sys.stdout.write(text())
    else:
        Path(where).write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
