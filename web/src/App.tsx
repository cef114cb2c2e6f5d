/** The room: the map, what stands beside it, what plays, and the sheets over it. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Sensor } from "./api/types";
import type { Outlet } from "./features/connections/outlet";
import { Guide } from "./features/guide/Guide";
import { keyAction, twice } from "./features/help/keys";
import { JourneyBar } from "./features/journey/JourneyBar";
import type { Journey } from "./features/journey/journey";
import { LineKey, Lines } from "./features/journey/Lines";
import { Pen } from "./features/journey/Pen";
import { Goals } from "./features/mood/Goals";
import { Intents } from "./features/mood/Intents";
import { MoodMap } from "./features/mood/MoodMap";
import { PlayerBar } from "./features/player/PlayerBar";
import { Queue } from "./features/queue/Queue";
import { ConsentSheet } from "./features/sensing/ConsentSheet";
import type { Camera } from "./features/sensing/camera";
import { Lamp } from "./features/sensing/Lamp";
import type { PhotoReader } from "./features/sensing/photo";
import type { ReadingPlace, ReadingPlaceChoice } from "./features/sensing/place";
import { Reading, seenWords } from "./features/sensing/Reading";
import type { VideoReader } from "./features/sensing/video";
import { Spotify } from "./features/spotify/opening";
import { Before, Views, ViewsDoor } from "./features/views/Views";
import type { Keeping } from "./keeping";
import { type Listening, ownWord } from "./listening";
import { texts } from "./texts";
import type { Announcer } from "./ui/announcer";
import { Icon } from "./ui/Icon";
import { later } from "./ui/later";
import type { Look } from "./ui/theme";
import "./app.css";

const CardSheet = later(() => import("./features/sensing/CardSheet").then((m) => m.CardSheet));
const GuideSheet = later(() => import("./features/guide/GuideSheet").then((m) => m.GuideSheet));
const KeysSheet = later(() => import("./features/help/KeysSheet").then((m) => m.KeysSheet));
const LearnedSheet = later(() =>
  import("./features/learned/LearnedSheet").then((m) => m.LearnedSheet),
);
const Library = later(() => import("./features/library/Library").then((m) => m.Library));
const bringSensingSheet = () =>
  import("./features/sensing/SensingSheet").then((m) => m.SensingSheet);
const OwnMusicSheet = later(() =>
  import("./features/offline/OwnMusicSheet").then((m) => m.OwnMusicSheet),
);
const SensingSheet = later(bringSensingSheet);
const SettingsSheet = later(() =>
  import("./features/settings/SettingsSheet").then((m) => m.SettingsSheet),
);
const WhereMusicLives = later(() => import("./whereMusicLives").then((m) => m.WhereMusicLives));
const VideoSheet = later(() => import("./features/sensing/VideoSheet").then((m) => m.VideoSheet));
const WhySheet = later(() => import("./features/why/WhySheet").then((m) => m.WhySheet));

export interface AppProps {
  listening: Listening;
  journey: Journey;
  camera: Camera;
  where: ReadingPlaceChoice;
  photos: PhotoReader;
  videos: VideoReader;
  look: Look;
  keeping: Keeping;
  outlet: Outlet;
  announcer: Announcer;
}

type Over =
  | "connections"
  | "library"
  | "settings"
  | "keys"
  | "guide"
  | "own"
  | "learned"
  | "why"
  | "sensing"
  | "camera"
  | "photo"
  | "photo-server"
  | "dropped"
  | null;

export function App(props: AppProps) {
  const { listening, journey, camera, where, photos, videos, look, keeping, announcer } = props;
  const [over, setOver] = useState<Over>(null);
  const [card, setCard] = useState(false); // over whichever sheet it was opened from
  const [dropping, setDropping] = useState(false);
  const dropped = useRef<File | null>(null);
  const map = useRef<HTMLDivElement>(null);
  const chooser = useRef<HTMLInputElement>(null);

  const house = listening.house.value;
  const session = listening.session.value;
  const sensing = camera.state.value;
  const place = where.value.value;
  const eyes = place === "server" ? "camera-server" : "camera"; // what is agreed to
  const stills = place === "server" ? "photo-server" : "photo"; // videos are never sent
  const asked = (file: File) => (kindOf(file) === "video" ? "photo" : stills);
  const video = videos.video.value;
  const close = () => setOver(null);
  const model = house?.sensing.model ?? null;
  const onCard = model && (() => setCard(true));

  // -- the senses, each behind its own consent -----------------------------------------

  function cameraOn() {
    void bringSensingSheet().catch(() => undefined); // at hand while a sensor runs
    photos.putAway();
    void listening.prepare();
    void camera.start();
  }

  function askCamera() {
    if (sensing !== "off") camera.stop();
    else if (listening.agreed(eyes)) cameraOn();
    else setOver("camera");
  }

  function choosePicture() {
    if (listening.agreed(stills)) chooser.current?.click();
    else setOver("photo");
  }

  /** Read a file, once the listener agreed to what that takes. */
  function take(file: File) {
    const kind = kindOf(file);
    if (!kind) {
      const { neither, neitherRemedy } = texts.reading;
      listening.notice.value = { text: neither, remedy: neitherRemedy, tone: "trouble" };
      return;
    }
    if (listening.notice.value?.text === texts.reading.neither) listening.notice.value = null;
    if (!listening.agreed(asked(file))) {
      dropped.current = file;
      setOver("dropped");
      return;
    }
    camera.stop();
    if (kind === "video") {
      photos.putAway();
      void videos.read(file);
    } else void photos.read(file);
  }

  function askServer() {
    if (listening.agreed("photo-server")) void photos.readOnServer();
    else setOver("photo-server");
  }

  async function agree(sensor: Sensor, then: () => void, at: "once" | "when taken" = "when taken") {
    close();
    if (at === "once") then();
    const taken = await listening.consent(sensor, true);
    if (taken && at === "when taken") then();
    dropped.current = null; // a file that waited for a yes waits for no second one
  }

  function allOff() {
    const ran = camera.state.value !== "off";
    camera.stop();
    photos.putAway();
    videos.putAway();
    if (ran) listening.notice.value = { text: texts.sensing.allOffDone, tone: "calm" };
  }

  function readAt(chosen: ReadingPlace) {
    if (chosen !== place) camera.stop(); // switched on again, it asks what is agreed to there
    where.choose(chosen);
  }

  async function withdraw(sensor: Sensor) {
    if (sensor === eyes) camera.stop();
    if (sensor === "photo" || sensor === "photo-server") photos.putAway();
    const { withdrawn, notWithdrawn } = texts.sensing;
    listening.notice.value = (await listening.consent(sensor, false))
      ? { text: withdrawn[sensor], tone: "calm" }
      : { text: notWithdrawn[sensor], remedy: texts.sensing.withdrawAgain, tone: "trouble" };
  }

  const photoRead = photos.photo.value?.reading;
  const words =
    sensing !== "off"
      ? seenWords(camera.seen.value)
      : seenWords(
          photoRead ? { face: photoRead.faces[0] ?? null, unread: photoRead.unread } : null,
        );
  useEffect(() => {
    if (words) listening.say(words);
  }, [words, listening]);

  function justPlay() {
    close();
    listening.play();
  }

  // -- keys and dropped files ----------------------------------------------------------

  const correct = () => void listening.correct(camera.seen.value?.face != null);
  const latest = useRef({ allOff, take, correct });
  latest.current = { allOff, take, correct };
  useEffect(() => {
    const secondEscape = twice();
    function press(event: KeyboardEvent) {
      if (event.key === "Escape" && secondEscape()) {
        latest.current.allOff();
        return;
      }
      const action = keyAction(event);
      if (!action) return;
      event.preventDefault();
      if (action.do === "aim") void listening.aim(action.goal);
      else if (action.do === "map") map.current?.focus();
      else if (action.do === "keys") setOver("keys");
      else if (action.do === "like") void listening.like();
      else if (action.do === "correct") latest.current.correct();
      else void listening[action.do]();
    }
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    function over(event: DragEvent) {
      if (!carries(event)) return;
      event.preventDefault();
      setDropping(true);
    }
    function leave(event: DragEvent) {
      if (!event.relatedTarget) setDropping(false);
    }
    function letGo(event: DragEvent) {
      if (!carries(event)) return;
      event.preventDefault();
      setDropping(false);
      const file = event.dataTransfer?.files[0];
      if (file) latest.current.take(file);
    }
    addEventListener("keydown", press, true);
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("drop", letGo);
    return () => {
      removeEventListener("keydown", press, true);
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", letGo);
    };
  }, [listening]);

  const noMusic = house?.tracks === 0;
  return (
    <>
      <header class="top" data-sensing={sensing !== "off"}>
        <p class="wordmark">{texts.name}</p>
        <nav aria-label={texts.settings.open}>
          <TopButton name="library" label={texts.library.open} onClick={() => setOver("library")} />
          <ViewsDoor />
          <TopButton
            name="keys"
            label={texts.keys.open}
            class="for-keyboards"
            onClick={() => setOver("keys")}
          />
          <TopButton
            name="settings"
            label={texts.settings.open}
            onClick={() => setOver("settings")}
          />
          <Lamp camera={camera} onOpen={() => setOver("sensing")} />
        </nav>
      </header>
      <Notices
        listening={listening}
        camera={camera}
        noMusic={noMusic}
        renew={keeping.renew.value}
        onOwn={() => setOver("own")}
      />
      <Before listening={listening} />
      <main>
        <section class="feel" aria-label={texts.map.label}>
          <h1>{texts.title}</h1>
          <MoodMap
            session={session}
            hand={listening.hand.value}
            onTouch={(place) => void listening.touch(place)}
            focusRef={map}
            {...(journey.planned.value.length && {
              lines: (
                <Lines
                  planned={journey.planned.value}
                  stops={journey.stops.value}
                  achieved={journey.achieved.value}
                />
              ),
            })}
            {...(journey.under.value && {
              lineKey: <LineKey achieved={journey.achieved.value.length > 0} />,
            })}
            {...(journey.drawing.value && {
              sheet: (
                <Pen
                  from={session?.mood ?? { valence: 0, arousal: 0 }}
                  onDrawn={journey.take}
                  onLeave={journey.leave}
                />
              ),
            })}
          />
        </section>
        <div class="beside">
          <Goals goal={listening.wish.value.goal} onAim={(goal) => void listening.aim(goal)} />
          <div class="ways">
            <JourneyBar
              drawing={journey.drawing.value}
              way={journey.drawn.value}
              under={journey.under.value}
              plan={journey.plan.value}
              onDraw={journey.draw}
              onLeave={journey.leave}
              onSetOut={(minutes) => void journey.setOut(minutes)}
              onEnd={() => void journey.end()}
            />
            <Intents
              intent={listening.wish.value.intent ?? null}
              onIntent={(intent) => void listening.mean(intent)}
              lifted={listening.wish.value.lifted ?? false}
              onLift={(on) => void listening.lift(on)}
            />
          </div>
          <fieldset class="bare senses">
            <legend class="unseen">{texts.sensing.label}</legend>
            <button type="button" class="button quiet" onClick={choosePicture}>
              <Icon name="photo" size={20} />
              {texts.sensing.photo}
            </button>
            {place !== "none" && (
              <button type="button" class="button quiet" onClick={askCamera}>
                <Icon name="camera" size={20} />
                {sensing === "off" ? texts.sensing.camera : texts.sensing.cameraStop}
              </button>
            )}
          </fieldset>
          <Reading
            camera={camera}
            place={place}
            photo={photos.photo.value}
            muted={session?.senses_muted ?? false}
            ownWord={ownWord(session)}
            onCorrect={() => void listening.correct(true)}
            onPutAway={photos.putAway}
            onAskServer={askServer}
            onCard={onCard}
          />
          <Guide playing={Boolean(session?.playing)} onPlay={listening.play} />
          <Queue
            session={session}
            starting={listening.starting.value}
            onPin={(choice) => void listening.queue.pin(choice)}
            onRemove={(choice) => void listening.queue.remove(choice)}
            onMove={(choice, to) => void listening.queue.move(choice, to)}
            onNever={(of, track) => void listening.never(of, track)}
          />
        </div>
      </main>
      <PlayerBar
        session={session}
        sound={listening.sound}
        where={props.outlet.sounds.value?.title}
        starting={listening.starting.value}
        empty={!house || (noMusic && !session?.playing)}
        onToggle={listening.toggle}
        onNext={() => void listening.next()}
        onLike={() => void listening.like()}
        onNotNow={() => void listening.notNow()}
        onFits={() => void listening.fits()}
        onNever={(of) => void listening.never(of)}
        onWhy={() => setOver("why")}
        done={listening.done.value}
        onUndo={() => void listening.undo()}
      />
      <input
        ref={chooser}
        type="file"
        accept="image/*,video/*"
        class="unseen"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          // The chooser may be quicker than the consent on its way to the server.
          if (file) void listening.settled().then(() => latest.current.take(file));
        }}
      />
      <p class="unseen" role="status" aria-label={texts.liveRegion}>
        {announcer.spoken}
      </p>
      {dropping && <div class="dropping">{texts.sensing.drop}</div>}
      <Views listening={listening} />
      <Spotify listening={listening} />
      {over === "library" && <Library listening={listening} onClose={close} />}
      {over === "connections" && (
        <WhereMusicLives
          outlet={props.outlet}
          onChanged={() => void listening.open()}
          onClose={close}
        />
      )}
      {over === "keys" && <KeysSheet onGuide={() => setOver("guide")} onClose={close} />}
      {over === "own" && <OwnMusicSheet sound={listening.sound} onClose={close} />}
      {over === "guide" && <GuideSheet onPlay={justPlay} onClose={close} />}
      {over === "settings" && (
        <SettingsSheet
          house={house}
          look={look}
          keeping={keeping}
          sound={listening.sound}
          onOpen={setOver}
          onClose={close}
        />
      )}
      {over === "why" && session?.playing && (
        <WhySheet choice={session.playing} onLearned={() => setOver("learned")} onClose={close} />
      )}
      {over === "learned" && <LearnedSheet listening={listening} onClose={close} />}
      {over === "sensing" && (
        <SensingSheet
          camera={camera}
          where={where}
          session={session}
          house={house}
          consents={listening.consents.value}
          notice={listening.notice.value}
          onAllOff={allOff}
          onWhere={readAt}
          onWithdraw={(sensor) => void withdraw(sensor)}
          onCard={() => setCard(true)}
          onKeep={() => void listening.consent("keep-readings", true)}
          onClose={close}
        />
      )}
      {over === "camera" && (
        <ConsentSheet
          kind={eyes}
          text={house?.sensing.consent[eyes]}
          onCard={onCard}
          onNo={close}
          onYes={() => void agree(eyes, cameraOn)}
        />
      )}
      {over === "photo" && (
        <ConsentSheet
          kind="photo"
          text={house?.sensing.consent[stills]}
          onCard={onCard}
          onNo={close}
          // The chooser needs the click itself, so it opens before the answer is stored.
          onYes={() => void agree(stills, () => chooser.current?.click(), "once")}
        />
      )}
      {over === "photo-server" && (
        <ConsentSheet
          kind="photo-server"
          text={house?.sensing.consent["photo-server"]}
          onCard={onCard}
          onNo={close}
          onYes={() => void agree("photo-server", () => void photos.readOnServer())}
        />
      )}
      {over === "dropped" && dropped.current && (
        <ConsentSheet
          kind="dropped"
          text={house?.sensing.consent[asked(dropped.current)]}
          onCard={onCard}
          onNo={() => {
            dropped.current = null;
            close();
          }}
          onYes={() => {
            const file = dropped.current;
            if (file) void agree(asked(file), () => latest.current.take(file));
          }}
        />
      )}
      {video && (
        <VideoSheet
          video={video}
          onStop={videos.stop}
          onPlay={({ reading }) => reading && void listening.touch(reading)}
          onCard={onCard}
          onClose={videos.putAway}
        />
      )}
      {card && model && (
        <CardSheet
          model={model}
          tookMs={camera.seen.value?.ms ?? null}
          onClose={() => setCard(false)}
        />
      )}
    </>
  );
}

/** Some systems do not know the type of a video, but its name tells. */
function kindOf({ type, name }: File): "picture" | "video" | null {
  if (type.startsWith("image/")) return "picture";
  const video = type.startsWith("video/") || (!type && /\.(mp4|m4v|mov|webm|mkv|avi)$/i.test(name));
  return video ? "video" : null;
}

interface TopButtonProps {
  name: "library" | "keys" | "settings";
  label: string;
  class?: string;
  onClick(): void;
}

function TopButton({ name, label, class: extra = "", onClick }: TopButtonProps) {
  return (
    <button
      type="button"
      class={`button quiet round ${extra}`}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name={name} size={22} />
    </button>
  );
}

interface NoticesProps {
  listening: Listening;
  camera: Camera;
  noMusic: boolean;
  renew: (() => void) | null;
  onOwn(): void;
}

/** What went wrong, what that means and what to do: one strip each, under the top. */
function Notices({ listening, camera, noMusic, renew, onOwn }: NoticesProps) {
  const notice = listening.notice.value;
  const trouble = camera.trouble.value;
  return (
    <div class="notices" role="status">
      {listening.away.value && (
        <div class="notice trouble">
          <p class="notice-words">
            {texts.house.away}{" "}
            <span class="soft">
              {listening.sound.playing.value ? texts.house.awayPlaying : texts.house.awayQuiet}
            </span>
          </p>
          {!listening.sound.playing.value && (
            <button type="button" class="button quiet" onClick={onOwn}>
              {texts.house.own}
            </button>
          )}
          <button type="button" class="button" onClick={listening.retry}>
            {texts.house.retry}
          </button>
        </div>
      )}
      {renew && (
        <div class="notice">
          <p class="notice-words">{texts.house.newer}</p>
          <button type="button" class="button" onClick={renew}>
            {texts.house.renew}
          </button>
        </div>
      )}
      {noMusic && (
        <div class="notice">
          <p class="notice-words">
            {texts.house.noMusic} <span class="soft">{texts.house.noMusicRemedy}</span>
          </p>
        </div>
      )}
      {trouble && (
        <div class="notice trouble">
          <p class="notice-words">
            {trouble.problem} <span class="soft">{trouble.remedy}</span>
          </p>
          <Dismiss onClick={camera.stop} />
        </div>
      )}
      {notice && (
        <div class={`notice ${notice.tone}`}>
          <p class="notice-words">
            {notice.text} {notice.remedy && <span class="soft">{notice.remedy}</span>}
          </p>
          <Dismiss
            onClick={() => {
              listening.notice.value = null;
            }}
          />
        </div>
      )}
    </div>
  );
}

function Dismiss({ onClick }: { onClick(): void }) {
  return (
    <button type="button" class="button quiet round" aria-label={texts.dismiss} onClick={onClick}>
      <Icon name="close" size={20} />
    </button>
  );
}
