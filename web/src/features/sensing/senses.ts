/**
 * The senses, each behind its own consent: the camera, a photo, a video.
 *
 * What has not been agreed to is asked first; what waited for the yes goes on with it.
 */
import { computed } from "@preact/signals";
import type { Sensor } from "@/api/types";
import type { Listening } from "@/listening";
import { texts } from "@/texts";
import type { Camera } from "./camera";
import type { PhotoReader } from "./photo";
import type { ReadingPlace, ReadingPlaceChoice } from "./place";
import { seenWords } from "./Reading";
import type { VideoReader } from "./video";

/** A question that is asked before a sense is used. */
export type Question = "camera" | "photo" | "photo-server" | "dropped";

export interface SensesParts {
  listening: Listening;
  camera: Camera;
  where: ReadingPlaceChoice;
  photos: PhotoReader;
  videos: VideoReader;
  /** Show the sheet that asks a question; null: it is answered. */
  ask(question: Question | null): void;
  /** Have at hand what is needed while a sensor runs. */
  bringSheet(): Promise<unknown>;
}

export type Senses = ReturnType<typeof createSenses>;

export function createSenses(parts: SensesParts) {
  const { listening, camera, where, photos, videos, ask, bringSheet } = parts;
  let chooser: HTMLInputElement | null = null;
  let dropped: File | null = null; // it waits for a yes

  // What is agreed to; videos are never sent.
  const eyes = (): "camera" | "camera-server" =>
    where.value.value === "server" ? "camera-server" : "camera";
  const stills = (): "photo" | "photo-server" =>
    where.value.value === "server" ? "photo-server" : "photo";
  const askedFor = (file: File) => (kindOf(file) === "video" ? "photo" : stills());

  /** What there is to say of the latest look, for those who do not see it. */
  const words = computed(() => {
    if (camera.state.value !== "off") return seenWords(camera.seen.value);
    const read = photos.photo.value?.reading;
    return seenWords(read ? { face: read.faces[0] ?? null, unread: read.unread } : null);
  });

  function cameraOn() {
    void bringSheet().catch(() => undefined);
    photos.putAway();
    void listening.prepare();
    void camera.start();
  }

  /** Switch the camera on, once that is agreed to, or off. */
  function askCamera() {
    if (camera.state.value !== "off") camera.stop();
    else if (listening.agreed(eyes())) cameraOn();
    else ask("camera");
  }

  const openChooser = () => chooser?.click();

  function choosePicture() {
    if (listening.agreed(stills())) openChooser();
    else ask("photo");
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
    if (!listening.agreed(askedFor(file))) {
      dropped = file;
      ask("dropped");
      return;
    }
    camera.stop();
    if (kind === "video") {
      photos.putAway();
      void videos.read(file);
    } else void photos.read(file);
  }

  /** Read what was chosen; the chooser may be quicker than the consent on its way. */
  function chosen(file: File) {
    void listening.settled().then(() => take(file));
  }

  function askServer() {
    if (listening.agreed("photo-server")) void photos.readOnServer();
    else ask("photo-server");
  }

  async function agree(sensor: Sensor, then: () => void, at: "once" | "when taken" = "when taken") {
    ask(null);
    if (at === "once") then();
    const taken = await listening.consent(sensor, true);
    if (taken && at === "when taken") then();
    dropped = null; // a file that waited for a yes waits for no second one
  }

  /** The answers yes, by the question. */
  const yes: Record<Question, () => void> = {
    camera: () => void agree(eyes(), cameraOn),
    // The chooser needs the click itself, so it opens before the answer is stored.
    photo: () => void agree(stills(), openChooser, "once"),
    "photo-server": () => void agree("photo-server", () => void photos.readOnServer()),
    dropped() {
      const file = dropped;
      if (file) void agree(askedFor(file), () => take(file));
    },
  };

  function no() {
    dropped = null;
    ask(null);
  }

  /** Which consent a question is about. */
  function about(question: Question): Sensor {
    if (question === "camera") return eyes();
    if (question === "dropped" && dropped) return askedFor(dropped);
    return question === "photo-server" ? "photo-server" : stills();
  }

  function allOff() {
    const ran = camera.state.value !== "off";
    camera.stop();
    photos.putAway();
    videos.putAway();
    if (ran) listening.notice.value = { text: texts.sensing.allOffDone, tone: "calm" };
  }

  function readAt(place: ReadingPlace) {
    if (place !== where.value.value) camera.stop(); // switched on again, it asks what is agreed to there
    where.choose(place);
  }

  async function withdraw(sensor: Sensor) {
    if (sensor === eyes()) camera.stop();
    if (sensor === "photo" || sensor === "photo-server") photos.putAway();
    const { withdrawn, notWithdrawn } = texts.sensing;
    listening.notice.value = (await listening.consent(sensor, false))
      ? { text: withdrawn[sensor], tone: "calm" }
      : { text: notWithdrawn[sensor], remedy: texts.sensing.withdrawAgain, tone: "trouble" };
  }

  return {
    words,
    askCamera,
    choosePicture,
    take,
    chosen,
    askServer,
    yes,
    no,
    about,
    allOff,
    readAt,
    withdraw,
    /** Not how the listener feels, whatever their face shows. */
    correct: () => void listening.correct(camera.seen.value?.face != null),
    /** What opens the browser's own choice of files. */
    chooseWith: (input: HTMLInputElement | null) => {
      chooser = input;
    },
  };
}

/** Some systems do not know the type of a video, but its name tells. */
function kindOf({ type, name }: File): "picture" | "video" | null {
  if (type.startsWith("image/")) return "picture";
  const video = type.startsWith("video/") || (!type && /\.(mp4|m4v|mov|webm|mkv|avi)$/i.test(name));
  return video ? "video" : null;
}
