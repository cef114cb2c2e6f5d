/** What was seen, in words, beside the picture it was seen in. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Face, Point, Problem, Unread } from "@/api/types";
import { sureness, texts } from "@/texts";
import { Icon } from "@/ui/Icon";
import { Told } from "@/ui/Told";
import { CardLink } from "./CardLink";
import type { Camera } from "./camera";
import type { Photo } from "./photo";
import type { ReadingPlace } from "./place";
import "./sensing.css";

const { reading } = texts;

/** One sentence for a face: what it looks like and how sure that is. */
export function faceWords(face: Face): string {
  const sure = sureness(face.confidence);
  return sure ? reading.looks(face.expression, sure) : reading.unsure;
}

/** What there is to say of one look: of the face that was read, or why none was. */
export function seenWords(seen: { face: Face | null; unread: Unread[] } | null): string {
  if (seen?.face) return faceWords(seen.face);
  return seen?.unread[0] ? texts.doubts[seen.unread[0].doubt] : "";
}

export interface ReadingProps {
  camera: Camera;
  /** Where the camera's picture is read. */
  place: ReadingPlace;
  photo: Photo | null;
  muted: boolean;
  /** Where the listener's own word holds them; null while none outweighs their face. */
  ownWord: Point | null;
  onCorrect(): void;
  onPutAway(): void;
  /** Send the photo to the server; asked for only where this device cannot read it. */
  onAskServer(): void;
  /** Show the model's card; null when no model is installed. */
  onCard: (() => void) | null;
}

/** Nobody is seen, in such a light. */
const NOBODY = { enough: reading.noFaceNow, dark: reading.tooDark, black: reading.black };

/** From how far off, on the map, a face counts as saying something else than the listener. */
const OTHERWISE = 0.3;

export function Reading(props: ReadingProps) {
  const { camera, place, photo, muted, ownWord, onCorrect, onPutAway, onAskServer, onCard } = props;
  const [broken, setBroken] = useState<string | null>(null); // address of what is no picture
  const stream = camera.stream.value;
  const seen = camera.seen.value;
  const state = camera.state.value;
  const getting = state !== "off" ? camera.getting.value : (photo?.getting ?? null);
  const shown = state !== "off" || photo !== null;
  const watching = state !== "off";
  const read = photo?.reading ?? null;
  const face = watching ? (seen?.face ?? null) : (read?.faces[0] ?? null);
  const card = useRef<HTMLElement>(null);
  // Brought into sight when it comes, and when its first answer makes it grow.
  const answered = useRef(false);
  answered.current = shown && (answered.current || face !== null);
  useEffect(() => {
    if (shown) card.current?.scrollIntoView({ block: "nearest" });
  }, [shown, answered.current]);
  if (!shown) return null;
  const unread = (watching ? seen?.unread : read?.unread) ?? [];
  const others = (watching ? seen?.others : read?.others) ?? 0;
  const trouble: Problem | null = watching ? (seen?.problem ?? null) : (photo?.trouble ?? null);
  const pictured =
    watching || (photo !== null && photo.url !== broken && (!photo.trouble || photo.serverCould));
  const outweighed =
    face !== null &&
    ownWord !== null &&
    Math.hypot(face.valence - ownWord.valence, face.arousal - ownWord.arousal) > OTHERWISE;

  return (
    <section class={`reading${pictured ? "" : " wordy"}`} ref={card} aria-label={reading.title}>
      {watching ? (
        <figure class="reading-picture mirrored">
          {stream ? <Preview stream={stream} /> : <span class="skeleton" />}
          {stream && <span class="on-air">{reading.onAir[place]}</span>}
          {seen && face && <FaceBox box={face.box} within={seen} mirrored />}
          {seen &&
            unread.map(({ box }) => (
              <FaceBox key={box.join()} box={box} within={seen} mirrored unread />
            ))}
        </figure>
      ) : (
        photo &&
        pictured && (
          <figure class="reading-picture">
            <img src={photo.url} alt={reading.photo} onError={() => setBroken(photo.url)} />
            {read && face && <FaceBox box={face.box} within={read} />}
            {read &&
              unread.map(({ box }) => <FaceBox key={box.join()} box={box} within={read} unread />)}
          </figure>
        )
      )}
      <div class="reading-words">
        {muted && watching ? (
          <p>{reading.muted}</p>
        ) : face ? (
          <>
            <p class="reading-says">{faceWords(face)}</p>
            {unread.length > 0 && <p class="soft small">{reading.unreadToo(unread.length)}</p>}
            {others > 0 && <p class="soft small">{reading.others(others)}</p>}
          </>
        ) : unread[0] ? (
          <>
            <p>{texts.doubts[unread[0].doubt]}</p>
            {others > 0 && <p class="soft small">{reading.othersUnread(others)}</p>}
          </>
        ) : trouble ? (
          <p>
            <Told trouble={trouble} />
          </p>
        ) : read && !watching ? (
          <p>{reading.noFace}</p>
        ) : seen && watching ? (
          <p>{NOBODY[seen.light]}</p>
        ) : getting !== null && (stream || !watching) ? (
          <p class="getting">
            {reading.getting(getting)}
            <progress value={getting} aria-label={reading.gettingLabel} />
          </p>
        ) : state === "asking" ? (
          <p class="after-a-moment">{reading.asking}</p>
        ) : (
          <p class="soft" aria-busy="true">
            {state === "paused"
              ? texts.sensing.cameraPaused
              : watching
                ? reading.looking
                : reading.photoLooking}
          </p>
        )}
        {face && !muted && <p class="soft small">{reading.question}</p>}
        {face && muted && !watching && <p>{reading.muted}</p>}
        {outweighed && !muted && !watching && <p class="small">{reading.outweighed}</p>}
      </div>
      <div class="reading-foot">
        <div class="reading-buttons">
          {face && !muted && (
            <button type="button" class="button" aria-keyshortcuts="F" onClick={onCorrect}>
              {reading.correct}
            </button>
          )}
          {!watching && photo?.serverCould && (
            <button type="button" class="button" onClick={onAskServer}>
              {reading.askServer}
            </button>
          )}
          {onCard && (face || unread.length > 0) && <CardLink onOpen={onCard} />}
        </div>
        {!watching && (
          <button
            type="button"
            class="button quiet round"
            aria-label={reading.close}
            onClick={onPutAway}
          >
            <Icon name="close" />
          </button>
        )}
      </div>
    </section>
  );
}

function Preview({ stream }: { stream: MediaStream }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const shown = video.current;
    if (!shown) return;
    shown.srcObject = stream;
    shown.play()?.catch(() => undefined);
    return () => {
      shown.srcObject = null;
    };
  }, [stream]);
  return <video ref={video} muted playsInline aria-label={reading.preview} />;
}

interface FaceBoxProps {
  box: Face["box"];
  /** The picture that the box lies in. */
  within: { width: number; height: number };
  mirrored?: boolean;
  unread?: boolean;
}

function FaceBox({ box, within, mirrored = false, unread = false }: FaceBoxProps) {
  const { width, height } = within;
  const [x, y, w, h] = box;
  const share = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return (
    <span
      class={`face-box${unread ? " unread" : ""}`}
      style={{
        left: share(mirrored ? width - x - w : x, width),
        top: share(y, height),
        width: share(w, width),
        height: share(h, height),
      }}
    />
  );
}
