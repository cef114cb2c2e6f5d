/** What can be set: the light of the room, and how loud it is. */
import type { House } from "@/api/types";
import { texts } from "@/texts";
import { Sheet } from "@/ui/Sheet";
import { Slider } from "@/ui/Slider";
import type { ThemeChoice } from "@/ui/theme";
import "./help.css";

const { settings } = texts;

export interface SettingsSheetProps {
  house: House | null;
  choice: ThemeChoice;
  choices: ThemeChoice[];
  volume: number;
  onChoose(choice: ThemeChoice): void;
  onVolume(volume: number): void;
  onKeys(): void;
  onLearned(): void;
  onClose(): void;
}

export function SettingsSheet(props: SettingsSheetProps) {
  return (
    <Sheet title={settings.title} onClose={props.onClose}>
      <div class="sheet-body">
        <fieldset class="bare themes">
          <legend>{settings.theme}</legend>
          {props.choices.map((one) => (
            <button
              key={one}
              type="button"
              class="button"
              aria-pressed={one === props.choice}
              onClick={() => props.onChoose(one)}
            >
              {settings.themes[one]}
            </button>
          ))}
        </fieldset>
        <div>
          <h3>{settings.volume}</h3>
          <Slider
            label={settings.volume}
            value={props.volume}
            max={1}
            step={0.05}
            says={`${Math.round(props.volume * 100)} %`}
            onInput={props.onVolume}
          />
        </div>
        <button type="button" class="button" onClick={props.onLearned}>
          {settings.learned}
        </button>
        <button type="button" class="button for-keyboards" onClick={props.onKeys}>
          {settings.keys}
        </button>
        {props.house && <p class="soft small">{settings.about(props.house.version)}</p>}
      </div>
    </Sheet>
  );
}
