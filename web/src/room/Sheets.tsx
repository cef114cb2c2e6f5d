/** The sheets over the room: one at a time, and the model's card over whichever asked for it. */
import type { Signal } from "@preact/signals";
import type { Outlet } from "@/features/connections/outlet";
import { ConsentSheet } from "@/features/sensing/ConsentSheet";
import type { Camera } from "@/features/sensing/camera";
import type { ReadingPlaceChoice } from "@/features/sensing/place";
import type { Question, Senses } from "@/features/sensing/senses";
import type { VideoReader } from "@/features/sensing/video";
import type { Keeping } from "@/keeping";
import type { Listening } from "@/listening";
import { later } from "@/ui/later";
import type { Look } from "@/ui/theme";
import type { Over } from "./over";

const CardSheet = later(() => import("@/features/sensing/CardSheet").then((m) => m.CardSheet));
const GuideSheet = later(() => import("@/features/guide/GuideSheet").then((m) => m.GuideSheet));
const KeysSheet = later(() => import("@/features/help/KeysSheet").then((m) => m.KeysSheet));
const LearnedSheet = later(() =>
  import("@/features/learned/LearnedSheet").then((m) => m.LearnedSheet),
);
const Library = later(() => import("@/features/library/Library").then((m) => m.Library));
const OwnMusicSheet = later(() =>
  import("@/features/offline/OwnMusicSheet").then((m) => m.OwnMusicSheet),
);
export const bringSensingSheet = () =>
  import("@/features/sensing/SensingSheet").then((m) => m.SensingSheet);
const SensingSheet = later(bringSensingSheet);
const SettingsSheet = later(() =>
  import("@/features/settings/SettingsSheet").then((m) => m.SettingsSheet),
);
const VideoSheet = later(() => import("@/features/sensing/VideoSheet").then((m) => m.VideoSheet));
const WhereMusicLives = later(() => import("@/whereMusicLives").then((m) => m.WhereMusicLives));
const WhySheet = later(() => import("@/features/why/WhySheet").then((m) => m.WhySheet));

export interface SheetsProps {
  listening: Listening;
  camera: Camera;
  where: ReadingPlaceChoice;
  videos: VideoReader;
  senses: Senses;
  look: Look;
  keeping: Keeping;
  outlet: Outlet;
  over: Signal<Over>;
  card: Signal<boolean>;
}

export function Sheets(props: SheetsProps) {
  const { listening, camera, videos, card } = props;
  const video = videos.video.value;
  const model = listening.house.value?.sensing.model ?? null;
  const onCard =
    model &&
    (() => {
      card.value = true;
    });
  return (
    <>
      <OneSheet {...props} onCard={onCard} />
      {video && (
        <VideoSheet
          video={video}
          onStop={videos.stop}
          onPlay={({ reading }) => reading && void listening.touch(reading)}
          onCard={onCard}
          onClose={videos.putAway}
        />
      )}
      {card.value && model && (
        <CardSheet
          model={model}
          tookMs={camera.seen.value?.ms ?? null}
          onClose={() => {
            card.value = false;
          }}
        />
      )}
    </>
  );
}

interface OneSheetProps extends SheetsProps {
  onCard: (() => void) | null;
}

function OneSheet(props: OneSheetProps) {
  const { listening, camera, where, senses, over, onCard } = props;
  const open = (sheet: Over) => {
    over.value = sheet;
  };
  const close = () => open(null);
  const session = listening.session.value;
  const house = listening.house.value;
  const shown = over.value;
  switch (shown) {
    case null:
      return null;
    case "library":
      return <Library listening={listening} onClose={close} />;
    case "connections":
      return (
        <WhereMusicLives
          outlet={props.outlet}
          onChanged={() => void listening.open()}
          onClose={close}
        />
      );
    case "keys":
      return <KeysSheet onGuide={() => open("guide")} onClose={close} />;
    case "own":
      return <OwnMusicSheet sound={listening.sound} onClose={close} />;
    case "guide":
      return (
        <GuideSheet
          onPlay={() => {
            close();
            listening.play();
          }}
          onClose={close}
        />
      );
    case "settings":
      return (
        <SettingsSheet
          house={house}
          look={props.look}
          keeping={props.keeping}
          sound={listening.sound}
          onOpen={open}
          onClose={close}
        />
      );
    case "why":
      return (
        session?.playing && (
          <WhySheet choice={session.playing} onLearned={() => open("learned")} onClose={close} />
        )
      );
    case "learned":
      return <LearnedSheet listening={listening} onClose={close} />;
    case "sensing":
      return (
        <SensingSheet
          camera={camera}
          where={where}
          session={session}
          house={house}
          consents={listening.consents.value}
          notice={listening.notice.value}
          onAllOff={senses.allOff}
          onWhere={senses.readAt}
          onWithdraw={(sensor) => void senses.withdraw(sensor)}
          onCard={() => onCard?.()}
          onKeep={() => void listening.consent("keep-readings", true)}
          onClose={close}
        />
      );
    default:
      return <Consent question={shown} senses={senses} listening={listening} onCard={onCard} />;
  }
}

interface ConsentProps {
  question: Question;
  senses: Senses;
  listening: Listening;
  onCard: (() => void) | null;
}

function Consent({ question, senses, listening, onCard }: ConsentProps) {
  const about = senses.about(question);
  return (
    <ConsentSheet
      kind={question === "camera" && about === "camera-server" ? about : question}
      text={listening.house.value?.sensing.consent[about]}
      onCard={onCard}
      onNo={senses.no}
      onYes={senses.yes[question]}
    />
  );
}
