from __future__ import annotations

from pathlib import Path

import mutagen
import mutagen.id3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affetto.emotion import mood_of
from affetto.music.evidence import USUAL_SD, of_lyrics, of_tags, weigh
from affetto.music.lyrics import beside, valence_of
from affetto.music.tagging.writing import plan, write
from affetto.music.tags import Tags, read_tags
from affetto.track import TrackFeatures
from music.sounds import A_MAJOR, chord, tag
from music.sounds import write as make

HEARD = TrackFeatures(0.05, 0.1, 0.41, 0.33, tempo_bpm=120.0)
UNSURE = TrackFeatures(0.0, -0.5, 0.6, 0.6)

GLAD = """
The sun is shining and I am happy, you and me together in the sunshine
We dance and we laugh and the summer is warm, my heart is full of joy
So smile for me, a beautiful smile, that is a wonderful kiss of heaven
"""
SORRY = """
I am so lonely in the dark and the tears on my face are cold
You lied to me and I cried all night, my heart is broken and it hurts
The pain is in me, I am dying alone, the sorrow of goodbye
"""
IN_MANY = {
    "de": (
        "Ich bin so glücklich und die Sonne lacht, wir tanzen zusammen in das Licht\n"
        "und du bist schön, mein Traum ist wunderbar, es ist ein Fest der Freude",
        "Ich bin so allein und die Tränen sind kalt, du bist nicht mehr in mein Haus\n"
        "es ist dunkel und der Schmerz tut weh, die Angst und die Trauer in mich",
    ),
    "fr": (
        "Le soleil est dans les yeux et je danse pour toi, la joie et le bonheur\n"
        "une belle fête, je suis heureux et tu souris, le printemps est une chanson",
        "Je pleure dans la solitude et les larmes sont pour toi, le chagrin est en moi\n"
        "la douleur et la peur, je suis seule et le malheur est une prison",
    ),
    "es": (
        "La fiesta es de alegría y el sol me brilla, tu sonrisa es un sueño\n"
        "y yo soy feliz con tu amor, la vida es linda y los amigos a bailar",
        "Lloro de dolor y la tristeza es mi prisión, tu mentira me duele\n"
        "y yo con el miedo en la soledad, las lágrimas y la muerte de un amor",
    ),
    "it": (
        "Il sole è una festa e la gioia è in te, io sono felice con te\n"
        "ti amo e la luce di primavera è un sogno, la canzone per ballare",
        "Piango e il dolore è in me, la tristezza è una prigione\n"
        "io sono perduto e la paura mi fa morire, le lacrime di un addio",
    ),
    "pt": (
        "O sol é uma festa e a alegria é você, eu sou feliz com o meu amor\n"
        "e a vida é linda, um sonho de paz, eu vou dançar no verão com você",
        "Eu choro de dor e a tristeza é uma prisão, a solidão no meu peito\n"
        "e o medo é um veneno, eu vou morrer com as lágrimas da saudade",
    ),
}  # fmt: skip


def test_a_file_that_says_nothing_is_what_it_sounds_like() -> None:
    assert weigh(HEARD, Tags("One")) == HEARD
    assert weigh(UNSURE, Tags("One", genre="Unknown", comment="ripped by me")) == UNSURE


def test_a_tagged_mood_draws_the_estimate_and_is_said() -> None:
    for mood in ("happy", "sad", "calm", "angry"):
        told = weigh(UNSURE, Tags("One", moods=(mood.title(),)))
        assert mood_of(told) == mood
        assert told.sources == ("tags",)  # what was heard was surer of nothing
    told = weigh(HEARD, Tags("One", moods=("Melancholy",)))
    assert told.valence < HEARD.valence and told.arousal < HEARD.arousal
    assert told.sources == ("sound", "tags")
    assert told.valence_sd < HEARD.valence_sd


def test_moods_are_read_in_other_languages_and_not_when_denied() -> None:
    for word in ("traurig", "triste", "Tristeza"):
        assert weigh(HEARD, Tags("One", moods=(word,))).valence < HEARD.valence
    assert of_tags(Tags("One", moods=("not sad",))) == []
    assert of_tags(Tags("One", moods=("xyzzy",))) == []


def test_a_genre_says_little_and_less_where_it_was_only_guessed() -> None:
    metal = weigh(HEARD, Tags("One", genre="Death Metal"))
    assert metal.arousal > HEARD.arousal and metal.valence < HEARD.valence
    assert abs(metal.arousal - HEARD.arousal) < 0.15
    [rated], [guessed] = (of_tags(Tags("One", genre=name)) for name in ("Hip-Hop", "Ambient"))
    assert rated.valence_sd < guessed.valence_sd < USUAL_SD[0]
    for name in ("Indie Rock", "Pop/Rock", "Electronic; Techno", "R&B"):
        assert of_tags(Tags("One", genre=name)), name
    assert of_tags(Tags("One", genre="Other")) == []


def test_a_comment_counts_less_than_a_mood_and_not_beside_one() -> None:
    [comment] = of_tags(Tags("One", comment="a relaxing tune"))
    [mood] = of_tags(Tags("One", moods=("relaxing",), comment="a relaxing tune"))
    assert comment.valence_sd > mood.valence_sd
    assert of_tags(Tags("One", comment="more at http://happy.example and happy.com")) == []


def test_a_tagged_tempo_mends_the_heard_one_and_hints_at_liveliness() -> None:
    assert weigh(HEARD, Tags("One", bpm=61.0)).tempo_bpm == 61.0  # counted in halves
    assert weigh(HEARD, Tags("One", bpm=97.0)).tempo_bpm == 120.0  # another piece, it seems
    assert weigh(UNSURE, Tags("One", bpm=97.0)).tempo_bpm == 97.0
    assert weigh(HEARD, Tags("One", bpm=9999.0)) == HEARD
    fast, slow = (weigh(HEARD, Tags("One", bpm=bpm)) for bpm in (180.0, 60.0))
    assert slow.arousal < fast.arousal < slow.arousal + 0.2


opinions = st.sampled_from(["happy", "sad", "calm", "angry", "epic", "bored"])


@given(
    valence=st.floats(-1, 1),
    sd=st.floats(0.05, 2),
    mood=opinions,
    genre=st.sampled_from(["", "rock", "techno"]),
    words=st.sampled_from(["", GLAD, SORRY]),
)
def test_whatever_is_said_the_estimate_stays_on_the_map_and_only_gets_surer(
    valence: float, sd: float, mood: str, genre: str, words: str
) -> None:
    heard = TrackFeatures(valence, -valence, sd, sd)
    told = weigh(heard, Tags("One", genre=genre, moods=(mood,)), words)
    assert -1 <= told.valence <= 1 and -1 <= told.arousal <= 1
    assert told.valence_sd <= min(sd, USUAL_SD[0]) + 1e-3
    assert told.arousal_sd <= min(sd, USUAL_SD[1]) + 1e-3
    assert ("sound" in told.sources) is (sd < USUAL_SD[1])


@pytest.mark.parametrize("ending", [".mp3", ".flac", ".ogg", ".opus"])
def test_what_a_file_says_of_its_mood_is_read_from_every_format(
    tmp_path: Path, ending: str
) -> None:
    path = make(tmp_path / f"a{ending}", chord(A_MAJOR, 0.5))
    audio = mutagen.File(path)
    if ending == ".mp3":
        audio.add_tags()
        i = mutagen.id3
        audio.tags.add(i.TMOO(encoding=3, text="sad"))
        audio.tags.add(i.TBPM(encoding=3, text="96,5"))
        audio.tags.add(i.COMM(encoding=3, lang="eng", desc="", text="A comment"))
        audio.tags.add(i.USLT(encoding=3, lang="eng", desc="", text=SORRY))
    else:
        audio["mood"], audio["bpm"], audio["comment"] = "sad", "96,5", "A comment"
        audio["lyrics"] = SORRY
    audio.save()
    tags = read_tags(path)
    assert (tags.moods, tags.bpm, tags.comment) == (("sad",), 96.5, "A comment")
    assert tags.lyrics.split() == SORRY.split()


@pytest.mark.parametrize("ending", [".mp3", ".flac"])
def test_moods_that_we_wrote_ourselves_are_no_evidence(tmp_path: Path, ending: str) -> None:
    path = make(tmp_path / f"a{ending}", chord(A_MAJOR, 0.5))
    write(plan(path, TrackFeatures(0.5, 0.5)), tmp_path / "undo")
    assert read_tags(path).moods == ()
    other = make(tmp_path / f"b{ending}", chord(A_MAJOR, 0.5))
    if ending == ".flac":
        tag(other, mood="wistful")
        write(plan(other, TrackFeatures(0.5, 0.5)), tmp_path / "undo")
        assert read_tags(other).moods == ("wistful",)


def test_absurd_tempo_tags_are_no_tempo(tmp_path: Path) -> None:
    path = make(tmp_path / "a.flac", chord(A_MAJOR, 0.5))
    for text in ("fast", "nan", "inf", ""):
        audio = mutagen.File(path)
        audio["bpm"] = text
        audio.save()
        assert read_tags(path).bpm is None


def test_glad_words_and_sorry_words_are_told_apart_in_six_languages() -> None:
    for glad, sorry in [(GLAD, SORRY), *IN_MANY.values()]:
        up, down = valence_of(glad), valence_of(sorry)
        assert up is not None and up > 0.05, glad
        assert down is not None and down < -0.05, sorry
        assert max(up, -down) < 0.3


def test_a_language_that_is_not_read_and_an_instrumental_say_nothing() -> None:
    finnish = "minä olen surullinen ja yksin tässä talossa kun sinä lähdit pois " * 5
    for words in (
        finnish,
        "",
        "Instrumental",
        "[ar:Nina]\n[00:01.00]\n",
        "la la la " * 50,
        "愛 " * 50,
    ):
        assert valence_of(words) is None
    assert valence_of("I am so happy and you are my sun") is None  # too few to go by
    sung = TrackFeatures(0, 0, vocal=0.9)
    assert of_lyrics(sung, GLAD) and not of_lyrics(TrackFeatures(0, 0, vocal=0.02), GLAD)


def test_what_is_denied_is_not_taken_for_gladness() -> None:
    denied = GLAD.replace(" happy", " not happy").replace("we laugh", "never laugh")
    plain, turned = valence_of(GLAD), valence_of(denied)
    assert plain is not None and turned is not None and turned < plain


def test_words_beside_the_sound_are_read_whatever_their_encoding(tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    assert beside(song) == ""
    lines = "[ar:Nina]\n[00:12.30]<00:12.30>Él <00:13.00>llora\n" + SORRY
    for codec in ("utf-8", "utf-8-sig", "utf-16", "latin-1"):
        song.with_suffix(".lrc").write_bytes(lines.encode(codec))
        assert "Él" in beside(song)
        assert valence_of(beside(song)) == valence_of(SORRY)
    assert weigh(HEARD, Tags("One"), beside(song)).sources == ("sound", "lyrics")
    assert weigh(HEARD, Tags("One", lyrics=SORRY)).valence < HEARD.valence
