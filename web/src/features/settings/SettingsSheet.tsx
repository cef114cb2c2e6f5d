/** What can be set, in groups; each setting says in one line what it does. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { House } from "@/api/types";
import type { Keeping } from "@/keeping";
import { say } from "@/languages/say";
import type { Sound } from "@/sound";
import type { KeptChoice } from "@/ui/kept";
import { Sheet } from "@/ui/Sheet";
import { Slider } from "@/ui/Slider";
import type { Look } from "@/ui/theme";
import { AppChoice } from "./AppChoice";
import { LanguageChoice } from "./LanguageChoice";
import { words } from "./settingsWords";
import "./settings.css";

/** The sheets that the settings lead to. */
export type Beyond = "connections" | "guide" | "keys" | "learned" | "library" | "own" | "sensing";

export interface SettingsSheetProps {
  house: House | null;
  look: Look;
  sound: Pick<Sound, "volume" | "setVolume">;
  keeping: Keeping;
  onOpen(sheet: Beyond): void;
  onClose(): void;
}

export function SettingsSheet({
  house,
  look,
  sound,
  keeping,
  onOpen,
  onClose,
}: SettingsSheetProps) {
  const { motion } = look;
  return (
    <Sheet title={words.title} onClose={onClose}>
      <div class="sheet-body settings">
        <Group title={words.look}>
          <Picks
            title={words.theme}
            hint={words.themeHint}
            names={words.themes}
            choice={look.theme}
          />
          <Picks title={words.text} hint={words.textHint} names={words.texts} choice={look.text} />
          <label class="switch">
            <input
              type="checkbox"
              checked={motion.value.value === "less"}
              onChange={(event) => motion.choose(event.currentTarget.checked ? "less" : "system")}
            />
            <span>
              {words.motion}
              <span class="soft small settings-line">{words.motionHint}</span>
            </span>
          </label>
        </Group>
        <Group title={words.language}>
          <LanguageChoice />
        </Group>
        <Group title={words.sound}>
          <p class="soft small">{words.volumeHint}</p>
          <Slider
            label={words.volume}
            value={sound.volume.value}
            max={1}
            step={0.05}
            says={say.percent(sound.volume.value)}
            onInput={sound.setVolume}
          />
        </Group>
        <Group title={words.sensing}>
          <Way hint={words.sensingHint} label={words.sensors} onClick={() => onOpen("sensing")} />
        </Group>
        <Group title={words.music}>
          <Way hint={words.musicHint} label={words.library} onClick={() => onOpen("library")} />
          <Way hint={words.livesHint} label={words.lives} onClick={() => onOpen("connections")} />
        </Group>
        <Group title={words.privacy}>
          <Way hint={words.privacyHint} label={words.learned} onClick={() => onOpen("learned")} />
        </Group>
        <Group title={words.app}>
          <AppChoice keeping={keeping} />
          <button type="button" class="button" onClick={() => onOpen("own")}>
            {words.ownMusic}
          </button>
        </Group>
        <Group title={words.help}>
          <Way hint={words.helpHint} label={words.guide} onClick={() => onOpen("guide")} />
          <button type="button" class="button for-keyboards" onClick={() => onOpen("keys")}>
            {words.keys}
          </button>
          {house && <p class="soft small">{words.about(house.version)}</p>}
        </Group>
      </div>
    </Sheet>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  const heading = useId();
  return (
    <section class="settings-group" aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      {children}
    </section>
  );
}

interface WayProps {
  hint: string;
  label: string;
  onClick(): void;
}

/** A line about what lies on another sheet, and the way there. */
function Way({ hint, label, onClick }: WayProps) {
  return (
    <>
      <p class="soft small">{hint}</p>
      <button type="button" class="button" onClick={onClick}>
        {label}
      </button>
    </>
  );
}

interface PicksProps<T extends string> {
  title: string;
  hint: string;
  names: Record<T, string>;
  choice: KeptChoice<T>;
}

/** One of a few, each a button. */
function Picks<T extends string>({ title, hint, names, choice }: PicksProps<T>) {
  const line = useId();
  return (
    <fieldset class="bare" aria-describedby={line}>
      <legend>{title}</legend>
      <p id={line} class="soft small settings-line">
        {hint}
      </p>
      <div class={`settings-picks of-${choice.all.length}`}>
        {choice.all.map((one) => (
          <button
            key={one}
            type="button"
            class="button"
            aria-pressed={one === choice.value.value}
            onClick={() => choice.choose(one)}
          >
            {names[one]}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
