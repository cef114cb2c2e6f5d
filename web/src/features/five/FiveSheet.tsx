/** Five songs of a mood by chance; one is picked, and the others are ranked by likeness. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Mood4, Track } from "@/api/types";
import { createViewsApi, type RankedTrack, type Ranking, type ViewsApi } from "@/api/views";
import type { Listening } from "@/listening";
import { texts } from "@/texts";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { Sheet } from "@/ui/Sheet";
import { Trouble } from "@/ui/Trouble";
import { words } from "./fiveWords";
import "@/ui/views.css";
import "./five.css";

const MOODS = ["happy", "calm", "sad", "angry"] as const satisfies readonly Mood4[];
const SHOWN = 10;

export interface FiveSheetProps {
  listening: Pick<Listening, "pick">;
  api?: ViewsApi;
  onClose(): void;
}

export function FiveSheet({ listening, api: given, onClose }: FiveSheetProps) {
  const [api] = useState(() => given ?? createViewsApi());
  const [mood, setMood] = useState<Mood4 | null>(null);
  const [five, setFive] = useState<Track[] | null>(null);
  const [picked, setPicked] = useState<Track | null>(null);
  const [ranking, setRanking] = useState<Ranking | null>(null);
  const [trouble, setTrouble] = useState<{ cause: unknown; again(): void } | null>(null);
  const [said, setSaid] = useState("");
  const asked = useRef(0);
  const back = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLButtonElement>(null);

  /** Ask, unless something else was asked for meanwhile. */
  const ask = useCallback(<T,>(asking: () => Promise<T>, take: (come: T) => void) => {
    asked.current += 1;
    const mine = asked.current;
    setTrouble(null);
    asking().then(
      (come) => mine === asked.current && take(come),
      (cause) => mine === asked.current && setTrouble({ cause, again: () => ask(asking, take) }),
    );
  }, []);

  function draw(of: Mood4) {
    setMood(of);
    setFive(null);
    setPicked(null);
    setRanking(null);
    setSaid("");
    ask(
      () => api.five(of),
      ({ tracks }) => setFive(tracks),
    );
  }

  function pick(track: Track) {
    setPicked(track);
    setRanking(null);
    ask(() => api.ranked(track.id, SHOWN), setRanking);
  }

  function play({ id, title }: { id: string; title: string }) {
    setSaid(words.playing(title));
    void listening.pick(id);
  }

  useEffect(() => {
    if (picked) back.current?.focus();
  }, [picked]);

  return (
    <Sheet title={words.title} onClose={onClose} class="view five">
      <div class="sheet-body" key={picked?.id} aria-busy={mood !== null && !five && !trouble}>
        <p class="unseen" role="status">
          {said}
        </p>
        {picked ? (
          <>
            <div>
              <button
                ref={back}
                type="button"
                class="button quiet five-back"
                onClick={() => {
                  setPicked(null);
                  setTrouble(null);
                  requestAnimationFrame(() => first.current?.focus());
                }}
              >
                <Icon name="back" size={20} />
                {words.back}
              </button>
            </div>
            <div class="view-row">
              <Cover address={picked.cover} size={56} />
              <span class="view-words">
                <h3>{words.picked(picked.title)}</h3>
                <span class="soft small">{picked.artist || texts.player.unknownArtist}</span>
              </span>
              <Play track={picked} onPlay={play} />
            </div>
          </>
        ) : (
          <>
            <p>{words.lead}</p>
            <fieldset class="bare row-of-buttons">
              <legend class="unseen">{words.mood}</legend>
              {MOODS.map((one) => (
                <button
                  key={one}
                  type="button"
                  class="button"
                  aria-pressed={mood === one}
                  onClick={() => draw(one)}
                >
                  {words.moods[one]}
                </button>
              ))}
            </fieldset>
          </>
        )}
        {trouble ? (
          <Trouble cause={trouble.cause} failed={words.failed} onAgain={trouble.again} />
        ) : picked ? (
          ranking ? (
            <Ranked ranking={ranking} onPlay={play} />
          ) : (
            <Waiting words={words.ranking} />
          )
        ) : !mood ? (
          <p class="soft">{words.choose}</p>
        ) : !five ? (
          <Waiting words={words.waiting} />
        ) : five.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <section>
            <h3>{words.pick}</h3>
            <ul class="view-rows">
              {five.map((track, i) => (
                <li key={track.id}>
                  <button
                    ref={i === 0 ? first : null}
                    type="button"
                    class="view-row"
                    aria-label={words.pickOf(track.title)}
                    onClick={() => pick(track)}
                  >
                    <Cover address={track.cover} size={44} />
                    <span class="view-words">
                      <span>{track.title}</span>
                      <span class="soft small">{track.artist || texts.player.unknownArtist}</span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            <div>
              <button type="button" class="button" onClick={() => draw(mood)}>
                {words.again}
              </button>
            </div>
          </section>
        )}
      </div>
    </Sheet>
  );
}

function Waiting({ words: said }: { words: string }) {
  return (
    <>
      <p class="soft">{said}</p>
      {["a", "b", "c"].map((line) => (
        <span key={line} class="skeleton view-line" />
      ))}
    </>
  );
}

type OnPlay = (track: Track) => void;

/** Both rankings, side by side where there is room. */
function Ranked({ ranking, onPlay }: { ranking: Ranking; onPlay: OnPlay }) {
  if (!ranking.of) return <p>{words.alone}</p>;
  return (
    <>
      <p>{words.of(ranking.of)}</p>
      <div class="five-rankings">
        <Column
          title={words.cosine}
          hint={words.cosineHint}
          tracks={ranking.by_cosine}
          onPlay={onPlay}
        />
        <Column
          title={words.distance}
          hint={words.distanceHint}
          tracks={ranking.by_distance}
          onPlay={onPlay}
        />
      </div>
    </>
  );
}

interface ColumnProps {
  title: string;
  hint: string;
  tracks: RankedTrack[];
  onPlay: OnPlay;
}

function Column({ title, hint, tracks, onPlay }: ColumnProps) {
  return (
    <section>
      <h3>{title}</h3>
      <p class="soft small five-hint">{hint}</p>
      <ol class="view-rows">
        {tracks.map(({ track, cosine, distance }, i) => (
          <li key={track.id} class="view-row">
            <span class="soft small five-place">{i + 1}</span>
            <span class="view-words">
              <span>{track.title}</span>
              <span class="soft small">
                {words.score(cosine)}, {words.apart(distance)}
              </span>
            </span>
            <Play track={track} onPlay={onPlay} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Play({ track, onPlay }: { track: Track; onPlay: OnPlay }) {
  return (
    <button
      type="button"
      class="button quiet round"
      aria-label={words.playOf(track.title)}
      title={words.playOf(track.title)}
      onClick={() => onPlay(track)}
    >
      <Icon name="play" size={20} />
    </button>
  );
}
