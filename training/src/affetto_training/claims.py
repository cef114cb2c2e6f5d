"""What earlier face systems claimed, and why some of it cannot be so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Claim:
    """One earlier system: what it was, what it said, and what we hold against that."""

    row: str
    what: str
    claimed: float | None  # accuracy, a share
    runs: tuple[str, ...]  # our runs of it: names of configurations, or one with "-best"
    why: str
    about: bool = False  # the figure was given as "about"
    pretrained: bool = False  # whether it began with ImageNet's weights
    note: str = ""  # what the figure is of, if not of FER2013's seven classes


CLAIMS: Final = (
    Claim(
        "C03",
        "a VGG-inspired CNN",
        0.5198,
        ("c03-vgg",),
        "Nothing speaks against this figure: plain nets of a few layers are known to reach 63 %, "
        "and somewhat over half is what one gets by stopping early.",
    ),
    Claim(
        "C04",
        "a custom ResNet-inspired CNN",
        0.7315,
        ("c04-resnet",),
        "Possible, and unlikely. The best single net published without extra data reached "
        "73.28 % (Khaireddin & Chen 2021), after a long search for its recipe; nets that began "
        "with ImageNet's weights lie between 71 and 73 %. A small net from chance that equals "
        "them has more probably been scored on images it was chosen by, or on a random split of "
        "a set that holds more than 1,800 spare copies of its own pictures.",
    ),
    Claim(
        "C05",
        "ResNet50 with ImageNet's weights, its later layers tuned",
        0.928,
        ("c05-resnet50",),
        "It cannot hold for FER2013's seven classes. Ten raters agree with its official labels for "
        "about 64 of 100 images, so that a net that gives these labels in 93 of 100 has seen these "
        "very images, or was asked an easier question. The best published ensemble reaches "
        "76.8 %, the best single net about 74 %. Figures of this "
        "size come out of scoring on what was learnt, of filling up rare classes with copies "
        "before the split, of pouring the three splits together, or of adding posed pictures. "
        "And a net that is right in 65 % of seven classes is right in 90 % of seven yes-or-no "
        "questions: that, too, has been called accuracy.",
        pretrained=True,
    ),
    Claim(
        "C06",
        "a CNN on ResNet50V2 with ImageNet's weights",
        0.92,
        ("c06-resnet50v2",),
        "It cannot hold, for the reasons given at C05: it lies fifteen points above the best "
        "ensemble published, and nearly thirty above what people agree on.",
        about=True,
        pretrained=True,
    ),
    Claim(
        "C07",
        "a CNN of four classes",
        0.7028,
        ("c07-four-class", "c07-four-class-best", "c07-four-class-tuned"),
        "Believable: four classes without fear, disgust and surprise are an easier question than "
        "seven, and this is no comparison with the other rows. The figure was that of the "
        "16th of 50 epochs. Whoever picks an epoch by the images that also give the score "
        "gains a point or two by the picking alone; here images held out of Training pick, "
        "the net is trained anew for so many epochs, and PublicTest is read afterwards.",
        note="four classes",
    ),
    Claim(
        "C09",
        "nets in the style of Inception, DenseNet, Xception, and Xception beside ResNet50V2",
        None,
        ("c09-inception", "c09-densenet", "c09-xception", "c09-xception-resnet"),
        "Each is the idea of its paper, built for 48 pixels and trained from chance.",
    ),
    Claim(
        "C10",
        "a CNN and an LSTM over clips",
        None,
        ("c10-cnn-lstm", "c10-cnn-mean"),
        "FER2013 holds no clips; ours are made of one face each that "
        "drifts, changes its light and is covered now and then, so that memory has something "
        "to gain. Beside the LSTM stands the same small net without memory, its readings of "
        "the eight frames averaged.",
    ),
)

AUGMENT_THEN_SPLIT: Final = (
    "Rare classes are filled up with turned, shifted and relit copies first and the set is "
    "split at random afterwards, so that the net is asked about pictures whose twins it has "
    "learnt by heart."
)
TRAINING_ACCURACY: Final = (
    "The accuracy on the images it has learnt from is reported as if it were that on new ones."
)
