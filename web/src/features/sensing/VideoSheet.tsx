/** A video as a line of seconds: look at any moment, and play the music that fits it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { type Second, stretches } from "@/reading/timeline";
import { texts } from "@/texts";
import { clock } from "@/ui/clock";
import { Sheet } from "@/ui/Sheet";
import { CardLink } from "./CardLink";
import { TimelineChart } from "./TimelineChart";
import type { Video } from "./video";
import { momentWords, secondWords } from "./videoWords";
import "./sensing.css";
import "./video.css";

const words = texts.video;

export interface VideoSheetProps {
  video: Video;
  onStop(): void;
  /** Take the face of this second for the mood. */
  onPlay(second: Second): void;
  /** Show the model's card; null when no model is installed. */
  onCard: (() => void) | null;
  onClose(): void;
}

export function VideoSheet({ video, onStop, onPlay, onCard, onClose }: VideoSheetProps) {
  const [moment, setMoment] = useState(0); // seconds since the video began
  const [played, setPlayed] = useState<number | null>(null);
  const { seconds, lengthS } = video;
  const second = seconds[Math.floor(Math.min(moment, (lengthS ?? 0) - 1e-6))];
  const read = second?.reading ?? null;
  const ended = video.state === "done" || video.state === "stopped";
  const nobody = ended && seconds.length > 0 && seconds.every(({ why }) => why === "nobody");

  function choose(at: number) {
    setMoment(at);
    setPlayed(null);
  }

  return (
    <Sheet title={words.title} class="video-sheet" onClose={onClose}>
      <div class="sheet-body">
        <div class="video-top">
          {lengthS !== null && <Preview url={video.url} at={moment} />}
          <div class="video-state">
            <State video={video} />
            {!ended && (
              <button type="button" class="button" onClick={onStop}>
                {words.stop}
              </button>
            )}
            {nobody && <p>{words.nobody}</p>}
            <p class="soft small">{words.stays}</p>
            {onCard && seconds.length > 0 && <CardLink onOpen={onCard} />}
          </div>
        </div>
        {lengthS !== null && seconds.length > 0 && (
          <>
            <TimelineChart
              seconds={seconds}
              lengthS={lengthS}
              moment={moment}
              says={words.said(clock(moment), momentWords(second))}
              onMoment={choose}
            />
            <div class="video-moment">
              <p>
                <span class="soft">{clock(moment)}</span> {momentWords(second)}
              </p>
              <button
                type="button"
                class="button"
                disabled={!read}
                onClick={() => {
                  if (!second) return;
                  onPlay(second);
                  setPlayed(moment);
                }}
              >
                {words.play}
              </button>
              <p class="soft small" role="status">
                {played !== null ? words.played(clock(played)) : second && !read && words.noMusic}
              </p>
            </div>
            <Parts seconds={seconds} moment={moment} onMoment={choose} />
          </>
        )}
      </div>
    </Sheet>
  );
}

/** What is being done, in words; heard when it begins, waits and ends, not at every step. */
function State({
  video: { state, waiting, fetched, lengthS, seconds, trouble },
}: {
  video: Video;
}) {
  const now = clock(seconds.length);
  if (trouble)
    return (
      <p role="status">
        {trouble.problem} <span class="soft">{trouble.remedy}</span>
      </p>
    );
  if (state === "done" || state === "stopped")
    return <p role="status">{state === "done" ? words.done : words.stopped(now)}</p>;
  if (waiting) return <p role="status">{words.waiting}</p>;
  const opening = state === "opening";
  const said =
    opening && lengthS === null
      ? words.opening
      : opening
        ? words.fetching(fetched)
        : words.reading(now, clock(lengthS ?? 0));
  const share = opening ? fetched : seconds.length / Math.max(1, lengthS ?? 1);
  return (
    <>
      <p>{said}</p>
      <progress class="video-progress" aria-label={said} max={1} value={Math.min(1, share)} />
    </>
  );
}

/** The video at one moment; it stands still and makes no sound. */
function Preview({ url, at }: { url: string; at: number }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.currentTime = at + 1e-3;
  }, [at]);
  return (
    <video
      ref={video}
      class="video-preview"
      src={url}
      muted
      playsInline
      preload="auto"
      aria-label={words.preview}
    />
  );
}

interface PartsProps {
  seconds: readonly Second[];
  moment: number;
  onMoment(at: number): void;
}

/** The same as the chart, as a list: what is seen from when to when. */
function Parts({ seconds, moment, onMoment }: PartsProps) {
  return (
    <ol class="video-parts" aria-label={words.list}>
      {stretches(seconds, secondWords).map(({ told, from, to }) => (
        <li key={from}>
          <button
            type="button"
            class="button quiet"
            aria-current={moment >= from && moment < to ? "time" : undefined}
            onClick={() => onMoment((from + Math.min(to, from + 1)) / 2)}
          >
            <span class="soft">{words.span(clock(from), clock(to))}</span> {told}
          </button>
        </li>
      ))}
    </ol>
  );
}
