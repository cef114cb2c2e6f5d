"""The standing prose of the page on faces that are hard to see; figures are put in where needed."""

from __future__ import annotations

from typing import Final

OPENING: Final = """\
A webcam in the evening is not a photograph from a data set. This page makes faces harder to see,
step by step, and says how often they are still read rightly: by the net that Affetto ships, by
the same kind of net that never saw a jittered face, and by the package `fer`, on which many
projects of this kind are built. Every figure is measured; they are kept in `training/results`."""

SWEPT: Final = """\
{n:,} crops of FER2013's PublicTest, drawn by seed {seed} from those without a twin in Training; the
same crops, spoilt in the same way, for every reader. Each change keeps its draw from level to
level: a face that tilts to the left goes on tilting to the left. With {n:,} faces, the 95 %
interval of one figure is about three points to either side; the readers are compared on the same
faces, so differences between them are surer than that. The dotted line is whoever says the
commonest word of every face: a reader that has sunk to it sees nothing."""

SUBTLE: Final = """\
Ten people voted on each face for FER+. Where they hardly agree, the expression is slight or
mixed. The faces with a plurality are put into three parts by the share of votes it won; equal
shares stay together, so the parts are not equally large."""

RISK: Final = """\
A reader that may say "not sure" should be right more often about what is left. Faces are left out
from the least sure on. AURC is the error averaged over all such choices (El-Yaniv & Wiener, 2010):
lower is better. Affetto's confidence is divided by a temperature that was found on held-out
Training images; `fer`'s is taken as it comes."""

RELIABLE: Final = """\
Each point is the faces of one tenth of the scale of confidence, where there are at least twenty:
how sure the reader was on the mean, and how often it was right. On the dotted line the two are
the same. By the raters, Affetto answers with its own idea of their vote, and what it gives to
*unclear* is missing from its confidence: a share of raters, not a chance to be right. Where raters
are split, the plurality is right more often than its share."""

PHOTOS: Final = """\
Six photos with eight named faces, and one of a dog: other people, in colour, in rooms and on
a stage. They are too few to rank two readers; they can only show a fault. *Our boxes*: both readers
get the places that our detector found. *Own boxes*: `fer` looks for faces itself, with the Haar
cascade it takes by default. What a viewer sees comes from the notes with the photos. Two of these
notes can be doubted: `fr_biden.jpg` is said to smile, but its mouth is closed and the face serious,
and the same photograph is called neutral in `fr_two_people.jpg`; and the second man of
`fr_obama_and_biden.jpg`, said to cheer, has his mouth closed too."""

RELIT: Final = """\
No labelled groups were available, so there are no figures by skin, age or gender here, and nothing
on this page should be read as one. What can be measured is how a reading moves when nothing but
brightness does, through the whole reader, detector and doubts included: {faces} faces of the sample
photos whose luminance goes from {low:.2f} to {high:.2f} (of 1, linear). On the left only the
ellipse of the face sends back more light or less, as if the skin were lighter or darker in the
same room; from the lightest skin to the darkest it is two to three stops. On the right the whole
picture is lit from one of eight sides. A face that was hardly more one expression than another
changes its name easily, so those that were read with more than half are counted apart; how far
the reading moved on the mood map, which is what chooses music, is the steadier measure."""

LIMITS: Final = """\
- FER2013 is pictures found on the web by words, many acted, mostly Western. What spoils a crop here
  is arithmetic: a dim room also adds noise, a turned head hides a cheek, a hand has fingers.
- The crops are already 48 pixels wide and grey; the levels are steps from there, not from a camera.
- Darkening a face is not another person. Its hair, eyes and teeth are darkened with it, its shape
  stays, and the faces are few. An even line is no proof of fairness.
- If you have faces with labels of groups that you may use, `evaluate --by COLUMN` scores each of
  them by itself, with intervals, and flags groups of fewer than thirty.
- `fer`'s checkpoint was chosen on PublicTest and PrivateTest together by its authors; PublicTest
  chose nothing of ours.
- An expression is not a feeling."""

AGAIN: Final = """\
```sh
export PYTHONPATH=training/src
.venv/bin/python -m affetto_training.faces sweep --data fer2013.parquet --photos photos \\
    --to training/results/sweep-VERSION.json
.venv/bin/python -m affetto_training.faces robustness
```

`VERSION` is the one on the model's card. The run without augmentation is
`training/configs/faces-plain.toml`. The peer's figures are stored in `training/results/peers.json`;
they are made anew with `crops`, then `training/src/affetto_training/peer_fer.py` in an environment
of its own (its first lines say which), then `peer`."""

COMPASS: Final = {
    0: "the right", 45: "above right", 90: "above", 135: "above left",
    180: "the left", 225: "below left", 270: "below", 315: "below right",
}  # fmt: skip
