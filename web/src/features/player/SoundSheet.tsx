/** How the page plays, and when it falls silent. */

import { say } from "@/languages/say";
import type { Sound } from "@/sound";
import { Sheet } from "@/ui/Sheet";
import { Slider } from "@/ui/Slider";
import type { Player } from "./player";
import { words } from "./playerWords";

const MINUTES = [15, 30, 45, 60];

export interface SoundSheetProps {
  player: Player;
  sound: Sound;
  /** Whether something plays that can be led to sleep or waited for. */
  playing: boolean;
  gliding: boolean;
  onClose(): void;
}

export function SoundSheet({ player, sound, playing, gliding, onClose }: SoundSheetProps) {
  const { sleep } = player;
  const until = sleep.until.value;
  const minutes = sleep.minutes.value;
  const chosen = minutes === null ? null : MINUTES.find((n) => n >= minutes);
  return (
    <Sheet title={words.title} onClose={onClose}>
      <div class="sheet-body">
        <section>
          <h3>{words.volume}</h3>
          <Slider
            label={words.volume}
            value={sound.volume.value}
            max={1}
            step={0.05}
            says={say.percent(sound.volume.value)}
            onInput={sound.setVolume}
          />
        </section>
        <div class="sound-switches">
          <Switch words={words.blend} hint={words.blendHint} value={player.blend} />
          <Switch words={words.even} hint={words.evenHint} value={player.even} />
        </div>
        <fieldset class="bare sleep">
          <legend>{words.sleep}</legend>
          <p class="soft small sleep-hint">{words.sleepHint}</p>
          <button type="button" class="button" aria-pressed={until === null} onClick={sleep.off}>
            {words.off}
          </button>
          <button
            type="button"
            class="button"
            aria-pressed={until === "end"}
            disabled={!playing}
            onClick={sleep.atEnd}
          >
            {words.atEnd}
          </button>
          {MINUTES.map((n) => (
            <button
              key={n}
              type="button"
              class="button"
              aria-pressed={n === chosen}
              onClick={() => sleep.after(n)}
            >
              {words.minutes(n)}
            </button>
          ))}
        </fieldset>
        <p role="status" class="sleep-says">
          {minutes !== null ? words.left(minutes) : until === "end" ? words.leftAtEnd : ""}
        </p>
        {minutes !== null &&
          (gliding ? (
            <p class="soft small">{words.gliding}</p>
          ) : (
            <button type="button" class="button" onClick={() => player.glide(minutes)}>
              {words.glide}
            </button>
          ))}
      </div>
    </Sheet>
  );
}

interface SwitchProps {
  words: string;
  hint: string;
  value: { value: boolean };
}

function Switch({ words: said, hint, value }: SwitchProps) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        checked={value.value}
        onChange={(event) => {
          value.value = event.currentTarget.checked;
        }}
      />
      <span>
        {said}
        <span class="soft small switch-hint">{hint}</span>
      </span>
    </label>
  );
}
