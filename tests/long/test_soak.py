"""A long evening: the server's memory stays where it was."""

from __future__ import annotations

import io
import os
import time

import numpy as np
import pytest

from long_kit import Proof, Server, agree, resident_mb

pytestmark = pytest.mark.long

MINUTES = float(os.environ.get("AFFETTO_SOAK_MINUTES", "5"))
WARM_UP_S = 30.0


def portrait() -> bytes:
    """The astronaut (NASA, public domain) as a 640 × 480 JPEG."""
    from PIL import Image
    from skimage.data import astronaut

    picture = Image.fromarray(astronaut()).crop((0, 0, 512, 384)).resize((640, 480))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def test_the_servers_memory_stays_level_while_somebody_listens(
    server: Server, proof: Proof
) -> None:
    server.start()
    photo = portrait()
    requests, samples = 0, []
    slow = 0.0
    with server.client() as client:
        agree(client, "photo-server", "camera-server")
        session = client.post("/api/sessions", json={"valence": 0.1, "arousal": 0.1}).json()
        path = f"/api/sessions/{session['id']}"
        begun = time.monotonic()
        rng = np.random.default_rng(3)
        while (elapsed := time.monotonic() - begun) < MINUTES * 60 + WARM_UP_S:
            valence, arousal = (float(x) for x in rng.uniform(-1, 1, 2))
            uri = session["playing"]["track"]["id"]
            begun_round = time.monotonic()
            answers = [
                client.post("/api/read", content=photo, headers={"content-type": "image/jpeg"}),
                client.post(f"{path}/touch", json={"valence": valence, "arousal": arousal}),
                client.post(f"{path}/answer", json={"answer": "liked", "uri": uri}),
                client.get("/api/tracks", params={"limit": 50}),
                client.get(session["playing"]["track"]["cover"]),
                client.post(f"{path}/next", json={"answer": "skipped", "playing": uri}),
            ]
            slow = max(slow, (time.monotonic() - begun_round) / len(answers))
            for answer in answers:
                assert answer.status_code == 200, answer.text
            session = answers[-1].json()
            requests += len(answers)
            if elapsed > WARM_UP_S:
                samples.append((elapsed / 60, resident_mb(server.pid)))
    minutes, memory = np.array(samples).T
    slope = float(np.polyfit(minutes, memory, 1)[0])
    proof(
        "soak",
        f"One listener who never rests, for {MINUTES:g} minutes after {WARM_UP_S:g} s of warming "
        "up: a photo read, a touch, a like, a search, a cover and a skip, again and again.",
        {
            "requests": requests,
            "failed": 0,
            "slowest round, mean per request": f"{slow * 1000:.0f} ms",
            "memory at the start and at the end": f"{memory[0]:.0f} MB, {memory[-1]:.0f} MB",
            "highest": f"{memory.max():.0f} MB",
            "slope": f"{slope:+.2f} MB a minute",
            "a thousand requests add": f"{slope * minutes[-1] / requests * 1000:+.3f} MB",
        },
    )
    assert memory.max() < 300
    assert slope * (minutes[-1] - minutes[0]) < 20
