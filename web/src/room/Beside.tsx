/** What stands beside the map: where to, with which senses, what they read, what comes next. */
import type { Signal } from "@preact/signals";
import { Guide } from "@/features/guide/Guide";
import { JourneyBar } from "@/features/journey/JourneyBar";
import type { Journey } from "@/features/journey/journey";
import { Goals } from "@/features/mood/Goals";
import { Intents } from "@/features/mood/Intents";
import { Queue } from "@/features/queue/Queue";
import type { Camera } from "@/features/sensing/camera";
import type { PhotoReader } from "@/features/sensing/photo";
import type { ReadingPlaceChoice } from "@/features/sensing/place";
import { Reading } from "@/features/sensing/Reading";
import type { Senses } from "@/features/sensing/senses";
import { type Listening, ownWord } from "@/listening";
import { texts } from "@/texts";
import { Icon } from "@/ui/Icon";

export interface BesideProps {
  listening: Listening;
  journey: Journey;
  camera: Camera;
  where: ReadingPlaceChoice;
  photos: PhotoReader;
  senses: Senses;
  /** Whether the model's card is to be shown. */
  card: Signal<boolean>;
}

export function Beside(props: BesideProps) {
  const { listening, journey, camera, where, photos, senses, card } = props;
  const session = listening.session.value;
  const place = where.value.value;
  const model = listening.house.value?.sensing.model ?? null;
  return (
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
        <button type="button" class="button quiet" onClick={senses.choosePicture}>
          <Icon name="photo" size={20} />
          {texts.sensing.photo}
        </button>
        {place !== "none" && (
          <button type="button" class="button quiet" onClick={senses.askCamera}>
            <Icon name="camera" size={20} />
            {camera.state.value === "off" ? texts.sensing.camera : texts.sensing.cameraStop}
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
        onAskServer={senses.askServer}
        onCard={
          model &&
          (() => {
            card.value = true;
          })
        }
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
  );
}
