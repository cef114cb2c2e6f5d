"""Score a model on face crops anywhere: an exported file, or a run's own weights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional as F

from affetto.errors import AffettoError, ModelMissing
from affetto.inference import shelf
from affetto.inference.card import ModelCard
from affetto.senses.face_votes import softmax
from affetto_training.fer2013 import FERPLUS_VOTES, Faces, training_twins
from affetto_training.groups import as_lines, by_group
from affetto_training.layouts import layout_of, read_column, read_faces
from affetto_training.loop import logits_of, read_run, sets_of
from affetto_training.results import as_json, best_epoch, flat
from affetto_training.scores import Scores, score

Shares = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Read:
    """What an exported model says of n crops."""

    labels: Shares  # (n, classes), in the order of the card's labels
    votes: Shares | None  # (n, 9), in the order of the card's votes


def session_of(model: Path, threads: int = 0) -> Any:
    """An exported model, ready to run; 0 threads: all. Raises ModelMissing."""
    import onnxruntime

    if not model.is_file():
        raise ModelMissing(f"There is no file {model}.", remedy="Name an ONNX file.")
    how = onnxruntime.SessionOptions()
    how.intra_op_num_threads = threads
    try:
        return onnxruntime.InferenceSession(str(model), how, providers=["CPUExecutionProvider"])
    except Exception as error:  # it has a dozen kinds, and no common one but this
        raise ModelMissing(
            f"{model} cannot be opened as an ONNX model.", remedy="Export it anew."
        ) from error


def read_with(model: Path, faces: Faces, card: ModelCard, *, threads: int = 0) -> Read:
    """What the model at ``model`` reads; the crops go in as they are. 0 threads: all."""
    session = session_of(model, threads)
    wanted = ["logits", *(["votes"] if card.votes else [])]
    images = faces.pixels[:, None].astype(np.float32) / 255
    parts = [
        session.run(wanted, {card.input.name: images[i : i + 64]})
        for i in range(0, len(images), 64)
    ]
    logits, *votes = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Read(
        softmax(logits, card.temperature),
        softmax(votes[0], card.votes_temperature) if votes else None,
    )


def card_beside(model: Path) -> ModelCard:
    """The card that lies beside a model, else the one it carries. Raises ModelMissing."""
    beside = model.with_suffix(".card.json")
    if beside.exists():
        return ModelCard.read(beside)
    text = session_of(model).get_modelmeta().custom_metadata_map.get("card")
    if text is None:
        raise ModelMissing(
            f"{model.name} carries no card, and {beside.name} is not there.",
            remedy="Write one beside it: what each output means is never guessed.",
        )
    return ModelCard.parse(text)


def in_our_order(probabilities: Shares, labels: tuple[str, ...], faces: Faces) -> Shares:
    """Columns named by a card, put in the order of ``faces.names``, contempt last if there."""
    wanted = [*faces.names, *(["contempt"] if "contempt" in labels else [])]
    missing = [name for name in wanted if name not in labels]
    if missing:
        raise AffettoError(
            f"The model cannot read {', '.join(missing)}.",
            remedy="Score it on data whose classes its card names.",
        )
    return probabilities[:, [labels.index(name) for name in wanted]]


def unseen(data: Path, split: str | None) -> tuple[Faces, list[str]]:
    """The faces to score and the splits they are from.

    Without a named split: everything but Training, or everything where there is nothing
    else. A file that knows no splits is scored whole, whatever was named.
    """
    splits = list(layout_of(data).counts)
    if split is not None and split not in splits and splits != [""]:
        raise AffettoError(
            f"{data.name} has no split called {split}.",
            remedy=f"It has {', '.join(splits) or 'no labelled faces'}.",
        )
    chosen = [split] if split in splits else [s for s in splits if s != "Training"] or splits
    if len(chosen) <= 1:
        faces = read_faces(data, "".join(chosen) or None)
    else:
        parts = [read_faces(data, s) for s in chosen]
        faces = Faces(
            np.concatenate([p.pixels for p in parts]),
            np.concatenate([p.labels for p in parts]),
            np.concatenate([p.ballots for p in parts]),
        )
    if len(faces) == 0:
        raise AffettoError(
            f"{data.name} holds no labelled face to score.",
            remedy="Labels go from 0 to 6; rows labelled -1 are left out.",
        )
    return faces, chosen


def evaluate(
    data: Path, split: str | None = None, model: Path | None = None, by: str | None = None
) -> dict[str, Any]:
    """Scores of an exported model (ours by default), each image taken as a face crop.

    The keys are those of ``Scores``; ``no_twins`` holds the same ones for the images
    without a pixel-identical copy among those our nets have learnt from, and ``by``
    those for each value of the column called ``by``.

    FER+ has eight classes. A model with a head for the votes answers with it; one without
    is wrong on every face that most raters called contemptuous.
    """
    if model is None:
        model, card = shelf.find("expression")
    else:
        card = card_beside(model)
    faces, splits = unseen(data, split)
    groups = [] if by is None else [g for s in splits for g in read_column(data, by, s or None)]
    read = read_with(model, faces, card)
    probabilities = in_our_order(read.labels, card.labels, faces)
    if card.votes and card.votes[:8] != FERPLUS_VOTES[:8]:
        raise AffettoError(
            f"{card.name} gives its votes in another order than FER+.",
            remedy=f"Put them in this one: {', '.join(FERPLUS_VOTES[:8])}.",
        )
    alone = ~np.isin(faces.twins, training_twins())
    found = {
        "model": f"{card.name} {card.version}",
        "splits": [s for s in splits if s],
        "labels": list(faces.names),
        **score(probabilities, faces, read.votes).rounded(),
        "no_twins": score(
            probabilities[alone],
            faces.only(alone),
            None if read.votes is None else read.votes[alone],
        ).rounded(),
    }
    if by is not None:
        found["by_column"] = by
        found["by"] = by_group(groups, probabilities, faces, read.votes)
    return found


def as_text(found: dict[str, Any]) -> str:
    """The same for a reader: one line per figure, then the confusion matrix."""
    lines = [f"{found['model']} on {', '.join(found['splits']) or 'every row'}"]
    for title, scores in (("all", found), ("without twins of Training", found["no_twins"])):
        lines.append(f"\n{title}: {scores['n']:,} faces")
        if scores["n"] == 0:
            continue
        low, high = scores["ci95"]
        lines.append(f"  accuracy   {scores['accuracy']:.2%}  (95 %: {low:.2%} to {high:.2%})")
        lines.append(f"  macro-F1   {scores['macro_f1']:.4f}")
        lines.append(f"  ECE        {scores['ece']:.4f}")
        if scores["ferplus_accuracy"] is not None:
            lines.append(
                f"  FER+       {scores['ferplus_accuracy']:.2%}  "
                f"(eight classes, {scores['ferplus_n']:,} faces)"
            )
    if "by" in found:
        lines += ["", *as_lines(found["by_column"], found["by"])]
    names = found["labels"]
    lines.append("\nrows true, columns read\n" + " " * 10 + "".join(f"{n:>10}" for n in names))
    for name, row in zip(names, found["confusion"], strict=True):
        lines.append(f"{name:<10}" + "".join(f"{count:>10,}" for count in row))
    return "\n".join(lines)


def measure(run: Path, data: Path, to: Path | None = None) -> dict[str, Any]:
    """What a run scores, beside what was claimed, and how it got there: a ``Result``.

    The averaged weights read the scoring split (PublicTest) once, in single crops. It is
    kept in the run's ``scores.json``, and in ``to``.
    """
    config, net, saved = read_run(run)
    training, held, scoring = sets_of(config, data)
    logits, votes = logits_of(
        net, torch.from_numpy(scoring.pixels), config.phases[-1][0], config.frames
    )
    scores: Scores = score(
        F.softmax(logits.double(), 1).numpy(),
        scoring,
        F.softmax(votes.double(), 1).numpy() if votes is not None else None,
    )
    curve = saved["progress"]["curve"]
    found = {
        "name": config.name,
        "row": config.row,
        "net": config.net,
        "weights": (saved.get("made_of") or {}).get("weights", "from scratch"),
        "claim": config.claim or None,
        "seed": config.seed,
        "classes": config.classes,
        "parameters": sum(p.numel() for p in net.parameters()),
        "learnt_from": len(training),
        "held_out": len(held),
        "epochs": saved["progress"]["epoch"],
        "of_epochs": config.planned,
        "best_epoch": best_epoch(curve),
        "plateau": flat(curve),
        "cpu_s": round(saved["progress"]["cpu_s"]),
        "device": saved.get("device", "CPU"),
        "data": str(layout_of(data)),
        "data_hash": training.digest,
        "data_limit": config.data_limit,
        "labels": list(scoring.names),
        **scores.rounded(),
        "curve": [{name: round(value, 4) for name, value in row.items()} for row in curve],
    }
    for path in [run / "scores.json", *([to] if to else [])]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_json(found), encoding="utf-8", newline="\n")
    return found
