"""What the server refuses is among the sentences that the page has in its languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

from fastapi.testclient import TestClient

GATHERED = Path(__file__).parents[2] / "web" / "src" / "languages" / "sentences.json"


def test_what_is_refused_can_be_told_in_every_language(client: TestClient) -> None:
    every = [_shape(one) for one in json.loads(GATHERED.read_text(encoding="utf-8"))]
    for answer in (
        client.get("/api/tracks/none:1/curve"),
        client.get("/api/lists/joy"),
        client.get("/api/history/none"),
        client.get("/api/nowhere"),
        client.patch("/api/house"),
        client.post("/api/providers/nobody/test", json={"settings": None}),
        client.post("/api/providers/mpd/connect", json={"settings": {"port": "soon"}}),
        client.post("/api/read"),
        client.put("/api/sounds", json={"outlet": "nobody"}),
    ):
        told = answer.json()
        for said in (told["problem"], told["remedy"]):
            assert any(one.fullmatch(said) for one in every), said


def _shape(sentence: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, re.split(r"\{\d+\}", sentence))), re.DOTALL)
