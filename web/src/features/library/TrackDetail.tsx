/** One track: how it feels and how that is known, how it moves, and what sounds like it. */
import { useEffect, useState } from "preact/hooks";
import { Refusal } from "@/api/client";
import type { Curve, Track } from "@/api/types";
import type { Listening } from "@/listening";
import { placeWords, texts } from "@/texts";
import { Cover } from "@/ui/Cover";
import { clock } from "@/ui/clock";
import { Icon } from "@/ui/Icon";
import { CurveChart } from "./CurveChart";
import type { Chosen } from "./LibraryMap";
import { words } from "./libraryWords";
import { TrackList } from "./TrackRow";

const ALIKE = 5;

export interface TrackDetailProps {
  listening: Listening;
  track: Track;
  onChoose(chosen: Chosen): void;
}

export function TrackDetail({ listening, track, onChoose }: TrackDetailProps) {
  const here = listening.session.value?.playing?.track.id === track.id;
  const sounds = here && listening.sound.playing.value;
  const where = [track.artist || texts.player.unknownArtist, track.album, track.year]
    .filter(Boolean)
    .join(" · ");
  const sd = Math.max(track.valence_sd ?? 0, track.arousal_sd ?? 0);
  return (
    <div class="detail">
      <div class="detail-top">
        <Cover address={track.cover} size={72} />
        <div class="detail-name">
          <h3>{track.title}</h3>
          <p class="soft">{where}</p>
        </div>
      </div>
      <button
        type="button"
        class="button primary"
        onClick={() => (sounds ? listening.pause() : void listening.pick(track.id))}
      >
        <Icon name={sounds ? "pause" : "play"} size={20} />
        {sounds ? words.track.pause : here ? words.track.resume : words.track.play}
      </button>
      {track.valence !== null && track.arousal !== null ? (
        <p>
          {words.track.place(placeWords(track.valence, track.arousal))}, {words.track.sure(sd)}.{" "}
          {track.told_from.length > 0 && (
            <span class="soft">{words.track.from(track.told_from)}</span>
          )}
        </p>
      ) : (
        <p class="soft">{words.track.noPlace}</p>
      )}
      <Course listening={listening} track={track} here={here} />
      <Facts track={track} />
      <Alike listening={listening} track={track} onChoose={onChoose} />
    </div>
  );
}

/** The curve over time: waiting, failed, or drawn. */
function Course({ listening, track, here }: { listening: Listening; track: Track; here: boolean }) {
  const [curve, setCurve] = useState<Curve | null>(null);
  const [failed, setFailed] = useState<Error | null>(null);
  const [tries, setTries] = useState(0);
  const [looked, setLooked] = useState(0); // where the hand was put while it does not play
  useEffect(() => {
    let left = false;
    setCurve(null);
    setFailed(null);
    setLooked(0);
    listening.api.curve(track.id).then(
      (told) => !left && setCurve(told),
      (error: Error) => !left && setFailed(error),
    );
    return () => {
      left = true;
    };
  }, [listening, track.id, tries]);
  const { sound } = listening;
  return (
    <section class="detail-part" aria-label={words.curve.title}>
      <h3>{words.curve.title}</h3>
      {curve ? (
        <CurveChart
          curve={curve}
          lengthS={track.duration_s || curve.times_s.length * curve.step_s}
          at={here ? sound.position.value : looked}
          onMove={(at) => (here ? sound.seek(at) : setLooked(at))}
        />
      ) : failed ? (
        <div class="detail-failed">
          <p>
            {failed instanceof Refusal ? failed.problem : words.curve.failed}{" "}
            <span class="soft">{failed instanceof Refusal ? failed.remedy : texts.house.away}</span>
          </p>
          <button type="button" class="button" onClick={() => setTries(tries + 1)}>
            {texts.again}
          </button>
        </div>
      ) : (
        <div class="curve-waiting" role="status">
          <span class="skeleton" />
          <span class="soft small">{words.curve.waiting}</span>
        </div>
      )}
    </section>
  );
}

function Facts({ track }: { track: Track }) {
  const { tempo_bpm, key, energy, vocal, genre, duration_s, popularity } = track;
  const told = words.track;
  const facts: [string, string | null][] = [
    [told.tempo, tempo_bpm === null ? null : told.bpm(tempo_bpm)],
    [told.key, key],
    [told.energy, energy === null ? null : told.energies(energy)],
    [told.voice, vocal === null ? null : told.voices(vocal)],
    [told.genre, genre || null],
    [told.length, duration_s ? clock(duration_s) : null],
    [told.popularity, popularity === null ? null : told.outOf(popularity)],
  ];
  return (
    <dl class="detail-facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt class="soft small">{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Alike({ listening, track, onChoose }: TrackDetailProps) {
  const [alike, setAlike] = useState<Chosen[]>([]);
  useEffect(() => {
    let left = false;
    setAlike([]);
    listening.api.like(track.id, ALIKE).then(
      ({ tracks, rows }) =>
        !left && setAlike(tracks.map((one, i) => ({ track: one, row: rows[i] ?? null }))),
      () => {}, // the rest of the sheet says when the server is away
    );
    return () => {
      left = true;
    };
  }, [listening, track.id]);
  if (!alike.length) return null;
  return (
    <section class="detail-part" aria-label={words.track.alike}>
      <h3>{words.track.alike}</h3>
      <TrackList tracks={alike} onChoose={onChoose} />
    </section>
  );
}
