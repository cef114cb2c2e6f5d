/** All that was learned of the listener, in words and numbers, and theirs to change. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Refusal } from "@/api/client";
import type { Learned, Preferences } from "@/api/types";
import { heard } from "@/languages/heard";
import { say } from "@/languages/say";
import type { Listening } from "@/listening";
import { texts } from "@/texts";
import { Sheet } from "@/ui/Sheet";
import { Estimates } from "./Estimates";
import { Keeping } from "./Keeping";
import { words } from "./learnedWords";
import { Telling } from "./Telling";
import "./learned.css";

export interface LearnedSheetProps {
  listening: Pick<Listening, "api" | "unlike">;
  onClose(): void;
}

export function LearnedSheet({ listening, onClose }: LearnedSheetProps) {
  const { api } = listening;
  const [known, setKnown] = useState<Learned | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const asked = useRef(0);

  /** Do something, and look again at what is known then. */
  const after = useCallback(
    async (act: () => Promise<unknown>, done?: string) => {
      asked.current += 1;
      const mine = asked.current;
      setTrouble(null);
      try {
        await act();
        const now = await api.learned();
        if (mine === asked.current) setKnown(now);
        if (done) setSaid(done);
      } catch (cause) {
        setTrouble(cause);
      }
    },
    [api],
  );
  const look = useCallback(() => void after(async () => {}), [after]);
  useEffect(look, [look]);

  function prefer(preferences: Preferences) {
    if (known) setKnown({ ...known, preferences }); // seen at once; the server's word follows
    void after(() => api.prefer(preferences));
  }

  async function bring(file: File) {
    setBusy(true);
    await after(async () => setSaid(words.imported(await api.importHistory(file))));
    setBusy(false);
  }

  return (
    <Sheet title={words.title} onClose={onClose} class="learned">
      <div class="sheet-body" aria-busy={!known && !trouble}>
        {trouble !== null && <Trouble cause={trouble} onAgain={look} />}
        {known ? (
          <>
            <Found known={known} />
            <Songs
              known={known}
              onUnlike={(uri) => void after(() => listening.unlike(uri))}
              onNever={(of, name) => void after(() => api.setNever(of, name, false))}
            />
            <Telling preferences={known.preferences} onPrefer={prefer} />
            <Keeping
              imported={known.imported}
              said={said}
              busy={busy}
              onImport={(file) => void bring(file)}
              onForget={() => void after(api.forget, words.forgotten)}
            />
          </>
        ) : (
          !trouble && <Waiting />
        )}
      </div>
    </Sheet>
  );
}

function Waiting() {
  return (
    <>
      <p class="soft">{words.waiting}</p>
      {["a", "b", "c"].map((line) => (
        <span key={line} class="skeleton learned-line" />
      ))}
    </>
  );
}

function Trouble({ cause, onAgain }: { cause: unknown; onAgain(): void }) {
  const refused = cause instanceof Refusal;
  return (
    <div class="notice trouble" role="alert">
      <p class="notice-words">
        {refused ? cause.problem : words.failed}{" "}
        <span class="soft">{refused ? cause.remedy : texts.house.awayQuiet}</span>
      </p>
      <button type="button" class="button" onClick={onAgain}>
        {texts.again}
      </button>
    </div>
  );
}

/** What the answers and the readings came to. */
function Found({ known }: { known: Learned }) {
  const { answers, since, traits, artists, response, usual, leading } = known;
  const led = (leading[0]?.chance ?? 0) > 0.5; // before, nobody knows
  const nothing = !answers && !known.imported && !traits.length;
  return (
    <>
      <section>
        <p class="learned-strong">{heard(known.words)}</p>
        <p class="soft small">{since ? words.since(say.day(since)) : nothing && words.nothing}</p>
      </section>
      {traits.length + artists.length > 0 && (
        <section>
          <h3>{words.likes}</h3>
          <p class="soft small">{words.interval}</p>
          <Estimates all={traits} />
          {artists.length > 0 && <h3>{words.artists}</h3>}
          <Estimates all={artists} />
        </section>
      )}
      <section>
        <h3>{words.effect}</h3>
        <p>{heard(response.words)}</p>
        {response.n > 0 && <p class="soft small">{words.effectRests(response.n)}</p>}
        {response.known && <Estimates all={response.effects} />}
      </section>
      <section>
        <h3>{words.usual}</h3>
        <p>
          {usual ? words.usualIs(usual.place.valence, usual.place.arousal, usual.n) : words.noUsual}
        </p>
      </section>
      {led && (
        <section>
          <h3>{words.leading}</h3>
          <ul class="learned-list">
            {leading.map((one) => (
              <li key={one.name} class="learned-row">
                <p>{heard(one.words)}</p>
                <span class="soft small">{words.chance(one.chance)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface SongsProps {
  known: Learned;
  onUnlike(uri: string): void;
  onNever(of: "track" | "artist", name: string): void;
}

/** What is liked and what is kept away, each to be taken back. */
function Songs({ known, onUnlike, onNever }: SongsProps) {
  return (
    <>
      <section>
        <h3>{words.liked}</h3>
        {known.liked.length ? (
          <ul class="learned-list">
            {known.liked.map(({ uri, title, artist }) => (
              <Back key={uri} name={title} by={artist} onBack={() => onUnlike(uri)} />
            ))}
          </ul>
        ) : (
          <p>{words.noLiked}</p>
        )}
      </section>
      <section>
        <h3>{words.never}</h3>
        {known.never.length ? (
          <ul class="learned-list">
            {known.never.map(({ of, name, words: said }) => (
              <Back key={`${of} ${name}`} name={said} onBack={() => onNever(of, name)} />
            ))}
          </ul>
        ) : (
          <p>{words.noNever}</p>
        )}
      </section>
    </>
  );
}

function Back({ name, by = "", onBack }: { name: string; by?: string; onBack(): void }) {
  return (
    <li class="learned-row">
      <p>
        {name} {by && <span class="soft small">{by}</span>}
      </p>
      <button type="button" class="link small" aria-label={words.takeBackOf(name)} onClick={onBack}>
        {words.takeBack}
      </button>
    </li>
  );
}
