/** What the listener states: artists, genres and years, for always or for a mood. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Preferences, Statement } from "@/api/types";
import { Slider } from "@/ui/Slider";
import { words } from "./learnedWords";

type Mood = keyof typeof words.whens;
type About = Statement["about"];

const DECADES = [1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020];
const SETTLES_MS = 500; // a slider that is still moved is not asked about

export interface TellingProps {
  preferences: Preferences;
  onPrefer(preferences: Preferences): void;
}

export function Telling({ preferences, onPrefer }: TellingProps) {
  const { statements } = preferences;
  return (
    <section>
      <h3>{words.told}</h3>
      <p class="soft small">{words.toldHint}</p>
      {statements.length ? (
        <ul class="learned-list">
          {statements.map((one) => (
            <li key={JSON.stringify(one)} class="learned-row">
              <p>{words.says(one)}</p>
              <button
                type="button"
                class="link small"
                aria-label={words.removeOf(words.says(one))}
                onClick={() =>
                  onPrefer({ ...preferences, statements: statements.filter((it) => it !== one) })
                }
              >
                {words.remove}
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p>{words.noTold}</p>
      )}
      <Form onTell={(one) => onPrefer({ ...preferences, statements: [...statements, one] })} />
      <Novelty
        share={preferences.novelty}
        onNovelty={(novelty) => onPrefer({ ...preferences, novelty })}
      />
      <label class="switch">
        <input
          type="checkbox"
          checked={preferences.explicit}
          onChange={(event) => onPrefer({ ...preferences, explicit: event.currentTarget.checked })}
        />
        {words.explicit}
      </label>
    </section>
  );
}

function Form({ onTell }: { onTell(one: Statement): void }) {
  const [mood, setMood] = useState<Mood>("");
  const [wish, setWish] = useState<"yes" | "no">("yes");
  const [about, setAbout] = useState<About>("artist");
  const [name, setName] = useState("");
  const [decade, setDecade] = useState("1990");
  return (
    <form
      class="telling"
      onSubmit={(event) => {
        event.preventDefault();
        const said = about === "decade" ? decade : name.trim();
        if (!said) return;
        onTell({ about, name: said, liked: wish === "yes", mood: mood || null });
        setName("");
      }}
    >
      <Choose<Mood> label={words.when} all={words.whens} value={mood} onChoose={setMood} />
      <Choose<"yes" | "no"> label={words.wish} all={words.wishes} value={wish} onChoose={setWish} />
      <Choose<About> label={words.about} all={words.abouts} value={about} onChoose={setAbout} />
      {about === "decade" ? (
        <Choose
          label={words.names.decade}
          all={Object.fromEntries(DECADES.map((from) => [`${from}`, words.decade(from)]))}
          value={decade}
          onChoose={setDecade}
        />
      ) : (
        <input
          class="field"
          type="text"
          aria-label={words.names[about]}
          placeholder={words.name}
          maxLength={300}
          required
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      )}
      <button type="submit" class="button">
        {words.add}
      </button>
    </form>
  );
}

interface ChooseProps<T extends string> {
  label: string;
  all: Record<T, string>;
  value: T;
  onChoose(value: T): void;
}

function Choose<T extends string>({ label, all, value, onChoose }: ChooseProps<T>) {
  return (
    <select
      class="field"
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value as T)}
    >
      {(Object.entries(all) as [T, string][]).map(([one, said]) => (
        <option key={one} value={one}>
          {said}
        </option>
      ))}
    </select>
  );
}

function Novelty({ share, onNovelty }: { share: number; onNovelty(share: number): void }) {
  const [held, setHeld] = useState<number | null>(null);
  const latest = useRef(onNovelty);
  latest.current = onNovelty;
  useEffect(() => setHeld(null), [share]);
  useEffect(() => {
    if (held === null) return;
    const settled = setTimeout(() => latest.current(held), SETTLES_MS);
    return () => clearTimeout(settled);
  }, [held]);
  const shown = held ?? share;
  return (
    <div class="novelty">
      <p>
        {words.novelty} <span class="soft small">{words.novelties(shown)}</span>
      </p>
      <Slider
        label={words.novelty}
        value={shown}
        max={1}
        step={0.05}
        says={words.novelties(shown)}
        onInput={setHeld}
      />
    </div>
  );
}
