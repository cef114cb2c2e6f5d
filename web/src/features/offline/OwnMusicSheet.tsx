/** The songs on this device: choose some, play them, put them away. */
import { useRef } from "preact/hooks";
import type { Sound } from "@/sound";
import { Chooser } from "@/ui/Chooser";
import { Icon } from "@/ui/Icon";
import { Sheet } from "@/ui/Sheet";
import { words } from "./offlineWords";
import { createOwnMusic, type OwnMusic } from "./ownMusic";
import "./offline.css";

export interface OwnMusicSheetProps {
  sound: Pick<Sound, "playing">;
  onClose(): void;
  own?: OwnMusic;
}

let ours: OwnMusic | null = null; // it plays on when the sheet is closed

export function OwnMusicSheet({ sound, onClose, own }: OwnMusicSheetProps) {
  ours ??= own ?? createOwnMusic({ otherPlays: sound.playing });
  const music = own ?? ours;
  const chooser = useRef<HTMLInputElement>(null);
  const { songs, playing, trouble } = music;
  const wrong = trouble.value;
  return (
    <Sheet title={words.title} onClose={onClose}>
      <div class="sheet-body">
        <p class="soft">{words.hint}</p>
        <p role="status">
          {wrong && (wrong.kind === "full" ? words.full : words.unplayable(wrong.name))}
        </p>
        {songs.value === null ? (
          <p class="soft">{words.waiting}</p>
        ) : songs.value.length ? (
          <ul>
            {songs.value.map((name) => (
              <li key={name} class="own-song">
                <button
                  type="button"
                  class="button quiet round"
                  aria-label={playing.value === name ? words.pause(name) : words.play(name)}
                  onClick={() => (playing.value === name ? music.pause() : void music.play(name))}
                >
                  <Icon name={playing.value === name ? "pause" : "play"} size={20} />
                </button>
                <bdi class="own-name">{name}</bdi>
                <button
                  type="button"
                  class="button quiet round"
                  aria-label={words.remove(name)}
                  onClick={() => void music.remove(name)}
                >
                  <Icon name="close" size={20} />
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <p>{words.empty}</p>
        )}
        <button type="button" class="button" onClick={() => chooser.current?.click()}>
          {words.choose}
        </button>
        <Chooser
          by={chooser}
          accept="audio/*"
          multiple
          onChosen={(_, files) => void music.add(files)}
        />
      </div>
    </Sheet>
  );
}
