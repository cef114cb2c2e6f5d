/** What plays now, why, and what one can say to it. */
import { useContext, useState } from "preact/hooks";
import type { Session } from "@/api/types";
import { say } from "@/languages/say";
import type { Done as Deed } from "@/listening";
import { reasonFor } from "@/reason";
import type { Sound } from "@/sound";
import { texts } from "@/texts";
import { Cover } from "@/ui/Cover";
import { clock } from "@/ui/clock";
import { Done } from "@/ui/Done";
import { Icon } from "@/ui/Icon";
import { later } from "@/ui/later";
import { Slider } from "@/ui/Slider";
import { More } from "./More";
import { PlayerContext } from "./player";
import { words } from "./playerWords";
import "./player.css";

const SoundSheet = later(() => import("./SoundSheet").then((m) => m.SoundSheet));

const { player: said } = texts;

export interface PlayerBarProps {
  session: Session | null;
  sound: Sound;
  /** The player elsewhere that makes the sound, when it is not this page. */
  where?: string | undefined;
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
  const player = useContext(PlayerContext);
  const [sheet, setSheet] = useState(false);
  const until = player?.sleep.until.value ?? null;
  return (
    <section class="player" aria-label={said.label}>
      <Done done={props.done} onUndo={props.onUndo} />
      <div class="player-inside">
        {choice ? (
          <div class="player-track">
            <Cover address={choice.track.cover} size={56} />
            <div class="player-words">
              <p class="player-title">{choice.track.title}</p>
              <p class="soft small">
                {choice.track.artist || said.unknownArtist}
                {props.where && ` · ${words.soundsIn(props.where)}`}
              </p>
            </div>
          </div>
        ) : starting ? (
          <div class="player-track" aria-busy="true">
            <span class="skeleton cover" />
            <span class="skeleton player-line" />
          </div>
        ) : (
          <p class="player-track soft">{playing ? said.lingering : said.empty}</p>
        )}
        {choice && (
          <p class="player-why">
            {session?.behind ? said.behind : reasonFor(choice)}{" "}
            <button
              type="button"
              class="link"
              aria-label={said.why + said.whyRest}
              onClick={props.onWhy}
            >
              {said.why}
              <span class="player-why-rest">{said.whyRest}</span>
            </button>
          </p>
        )}
        {/* Named, so that what comes before them takes no button from under a hand or a focus. */}
        <div key="transport" class="player-transport">
          {choice && player && (
            <button
              type="button"
              class="button quiet round wide-only"
              aria-label={words.back}
              aria-keyshortcuts="ArrowLeft"
              onClick={player.back}
            >
              <Icon name="previous" />
            </button>
          )}
          <button
            type="button"
            class="button primary round player-play"
            aria-label={playing ? said.pause : choice ? said.play : texts.orJustPlay}
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
              aria-label={said.next}
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
                aria-label={said.like}
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
                {said.notNow}
              </button>
              <More
                key={choice.track.id}
                track={choice.track}
                fits={session?.fits ?? false}
                onFits={props.onFits}
                onNever={props.onNever}
                {...(player && { onBack: player.back, onSound: () => setSheet(true) })}
              />
            </div>
            <Seek sound={sound} length={choice.track.duration_s} />
          </>
        )}
        <div key="volume" class="player-volume">
          {player ? (
            <button
              type="button"
              class="button quiet round"
              aria-label={words.open}
              onClick={() => setSheet(true)}
            >
              <Icon name={until === null ? "volume" : "moon"} size={20} />
            </button>
          ) : (
            <Icon name="volume" size={20} />
          )}
          <Slider
            label={said.volume}
            value={sound.volume.value}
            max={1}
            step={0.05}
            says={say.percent(sound.volume.value)}
            onInput={sound.setVolume}
          />
        </div>
      </div>
      {player && until !== null && (
        <p class="player-until small soft">
          <Icon name="moon" size={16} />
          {until === "end" ? words.leftAtEnd : words.left(player.sleep.minutes.value ?? 0)}
        </p>
      )}
      {sheet && player && (
        <SoundSheet
          player={player}
          sound={sound}
          playing={choice !== null}
          gliding={session?.goal === "sleep"}
          onClose={() => setSheet(false)}
        />
      )}
      {sound.blocked.value && (
        <div class="player-blocked">
          <p>{said.blocked}</p>
          <button type="button" class="button primary" onClick={props.onToggle}>
            <Icon name="play" size={20} />
            {said.blockedPlay}
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
        label={said.seek}
        value={now}
        max={all}
        step={1}
        says={sound.waiting.value ? said.waiting : said.position(clock(now), clock(all))}
        onInput={sound.seek}
      />
      <span class="small soft">{clock(all)}</span>
    </div>
  );
}
