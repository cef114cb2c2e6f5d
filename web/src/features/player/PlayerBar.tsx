/** What plays now, why, and what one can say to it. */
import type { Session } from "@/api/types";
import type { Done as Deed } from "@/listening";
import type { Sound } from "@/sound";
import { texts } from "@/texts";
import { Cover } from "@/ui/Cover";
import { clock } from "@/ui/clock";
import { Done } from "@/ui/Done";
import { Icon } from "@/ui/Icon";
import { Slider } from "@/ui/Slider";
import { More } from "./More";
import "./player.css";

const { player } = texts;

export interface PlayerBarProps {
  session: Session | null;
  sound: Sound;
  starting: boolean;
  empty: boolean;
  onToggle(): void;
  onNext(): void;
  onLike(): void;
  onNotNow(): void;
  onFits(): void;
  onNever(of: "track" | "artist"): void;
  onWhy(): void;
  done: Deed | null;
  onUndo(): void;
}

export function PlayerBar(props: PlayerBarProps) {
  const { session, sound, starting } = props;
  const choice = session?.playing ?? null;
  const playing = sound.playing.value;
  const liked = session?.liked ?? false;
  return (
    <section class="player" aria-label={player.label}>
      <Done done={props.done} onUndo={props.onUndo} />
      <div class="player-inside">
        {choice ? (
          <div class="player-track">
            <Cover address={choice.track.cover} size={56} />
            <div class="player-words">
              <p class="player-title">{choice.track.title}</p>
              <p class="soft small">{choice.track.artist || player.unknownArtist}</p>
            </div>
          </div>
        ) : starting ? (
          <div class="player-track" aria-busy="true">
            <span class="skeleton cover" />
            <span class="skeleton player-line" />
          </div>
        ) : (
          <p class="player-track soft">{playing ? player.lingering : player.empty}</p>
        )}
        {choice && (
          <p class="player-why">
            {session?.behind ? player.behind : choice.because}{" "}
            <button
              type="button"
              class="link"
              aria-label={player.why + player.whyRest}
              onClick={props.onWhy}
            >
              {player.why}
              <span class="player-why-rest">{player.whyRest}</span>
            </button>
          </p>
        )}
        <div class="player-transport">
          <button
            type="button"
            class="button primary round player-play"
            aria-label={playing ? player.pause : choice ? player.play : texts.orJustPlay}
            aria-keyshortcuts="Space"
            disabled={props.empty || starting}
            onClick={props.onToggle}
          >
            <Icon name={playing ? "pause" : "play"} />
          </button>
          {choice && (
            <button
              type="button"
              class="button quiet round"
              aria-label={player.next}
              aria-keyshortcuts="ArrowRight"
              onClick={props.onNext}
            >
              <Icon name="next" />
            </button>
          )}
        </div>
        {choice && (
          <>
            <div class="player-answers">
              <button
                type="button"
                class="button quiet round"
                aria-label={player.like}
                aria-pressed={liked}
                aria-keyshortcuts="L"
                onClick={props.onLike}
              >
                <Icon name="heart" filled={liked} />
              </button>
              <button
                type="button"
                class="button quiet"
                aria-keyshortcuts="N"
                onClick={props.onNotNow}
              >
                <Icon name="later" size={20} />
                {player.notNow}
              </button>
              <More
                key={choice.track.id}
                track={choice.track}
                fits={session?.fits ?? false}
                onFits={props.onFits}
                onNever={props.onNever}
              />
            </div>
            <Seek sound={sound} length={choice.track.duration_s} />
          </>
        )}
        <div class="player-volume">
          <Icon name="volume" size={20} />
          <Slider
            label={player.volume}
            value={sound.volume.value}
            max={1}
            step={0.05}
            says={`${Math.round(sound.volume.value * 100)} %`}
            onInput={sound.setVolume}
          />
        </div>
      </div>
      {sound.blocked.value && (
        <div class="player-blocked">
          <p>{player.blocked}</p>
          <button type="button" class="button primary" onClick={props.onToggle}>
            <Icon name="play" size={20} />
            {player.blockedPlay}
          </button>
        </div>
      )}
    </section>
  );
}

/** The position changes four times a second; only this part is drawn again. */
function Seek({ sound, length }: { sound: Sound; length: number }) {
  const all = sound.duration.value || length;
  const now = Math.min(sound.position.value, all);
  return (
    <div class="player-seek">
      <span class="small soft">{clock(now)}</span>
      <Slider
        label={player.seek}
        value={now}
        max={all}
        step={1}
        says={sound.waiting.value ? player.waiting : player.position(clock(now), clock(all))}
        onInput={sound.seek}
      />
      <span class="small soft">{clock(all)}</span>
    </div>
  );
}
