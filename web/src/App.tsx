/** The room: the map, what stands beside it, what plays, and the sheets over it. */
import { effect, signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Outlet } from "./features/connections/outlet";
import type { Journey } from "./features/journey/journey";
import type { Camera } from "./features/sensing/camera";
import type { PhotoReader } from "./features/sensing/photo";
import type { ReadingPlaceChoice } from "./features/sensing/place";
import { createSenses } from "./features/sensing/senses";
import type { VideoReader } from "./features/sensing/video";
import { Spotify } from "./features/spotify/opening";
import { Before, Views } from "./features/views/Views";
import type { Keeping } from "./keeping";
import type { Listening } from "./listening";
import { Beside } from "./room/Beside";
import { Feel } from "./room/Feel";
import { Files } from "./room/Files";
import { useKeys } from "./room/hearing";
import { Notices } from "./room/Notices";
import type { Over } from "./room/over";
import { Player } from "./room/Player";
import { bringSensingSheet, Sheets } from "./room/Sheets";
import { Top } from "./room/Top";
import { texts } from "./texts";
import type { Announcer } from "./ui/announcer";
import type { Look } from "./ui/theme";
import "./app.css";

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

/** What changes is read where it is shown, so that only that is drawn again. */
export function App(props: AppProps) {
  const { listening, journey, camera, where, photos, videos, keeping, outlet } = props;
  const [{ over, card, senses }] = useState(() => {
    const over = signal<Over>(null);
    const senses = createSenses({
      listening,
      camera,
      where,
      photos,
      videos,
      ask: (question) => {
        over.value = question;
      },
      bringSheet: bringSensingSheet,
    });
    return { over, senses, card: signal(false) }; // the card lies over any sheet
  });
  const map = useRef<HTMLDivElement>(null);
  useKeys({ listening, senses, over, map });
  useEffect(
    () =>
      effect(() => {
        const words = senses.words.value;
        if (words) listening.say(words);
      }),
    [senses, listening],
  );
  return (
    <>
      <Top camera={camera} over={over} />
      <Notices
        listening={listening}
        camera={camera}
        keeping={keeping}
        onOwn={() => {
          over.value = "own";
        }}
      />
      <Before listening={listening} />
      <main>
        <Feel listening={listening} journey={journey} map={map} />
        <Beside
          listening={listening}
          journey={journey}
          camera={camera}
          where={where}
          photos={photos}
          senses={senses}
          card={card}
        />
      </main>
      <Player listening={listening} outlet={outlet} over={over} />
      <Files senses={senses} />
      <Spoken announcer={props.announcer} />
      <Views listening={listening} />
      <Spotify listening={listening} />
      <Sheets
        listening={listening}
        camera={camera}
        where={where}
        videos={videos}
        senses={senses}
        look={props.look}
        keeping={keeping}
        outlet={outlet}
        over={over}
        card={card}
      />
    </>
  );
}

/** What is said to those who hear the page. */
function Spoken({ announcer }: { announcer: Announcer }) {
  return (
    <p class="unseen" role="status" aria-label={texts.liveRegion}>
      {announcer.spoken}
    </p>
  );
}
