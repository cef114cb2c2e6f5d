"""The models that read a face, for pages that run them themselves: ``/models/NAME-HASH.onnx``.

They are the very files that the server runs. Their addresses carry their checksum, so a
browser keeps them until there are others.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response

from affetto.server import model_card
from affetto.server.files import FOREVER, File, load
from affetto.server.problems import ProblemResponse
from affetto.wiring import House


def serve_models(app: FastAPI, house: House, static: Path) -> None:
    """Answer the addresses that /api/house names; compressed twins lie in ``static``."""
    kept: dict[str, File] = {}

    async def send(request: Request) -> Response:
        path = request.url.path
        for card, where in await house.model_files():
            if model_card.address(card) == path:
                if path not in kept:
                    twin = static / path.lstrip("/")
                    kept[path] = await asyncio.to_thread(load, where, twin=twin, squeeze=True)
                return await asyncio.to_thread(kept[path].answer, request, cache=FOREVER)
        return ProblemResponse(
            404,
            "There is no such model here, or not this version of it.",
            "The addresses of the present ones are in /api/house, under sensing.models.",
        )

    # Not an operation of the interface: these are files, as the page's are.
    app.add_route("/models/{name}", send, methods=["GET", "HEAD"], include_in_schema=False)
