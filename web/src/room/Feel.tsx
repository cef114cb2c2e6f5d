/** The picture of the room: the map, and over it the lines of a journey. */
import type { RefObject } from "preact";
import type { Journey } from "@/features/journey/journey";
import { LineKey, Lines } from "@/features/journey/Lines";
import { Pen } from "@/features/journey/Pen";
import { MoodMap } from "@/features/mood/MoodMap";
import type { Listening } from "@/listening";
import { texts } from "@/texts";

export interface FeelProps {
  listening: Listening;
  journey: Journey;
  map: RefObject<HTMLDivElement>;
}

export function Feel({ listening, journey, map }: FeelProps) {
  const session = listening.session.value;
  return (
    <section class="feel" aria-label={texts.map.label}>
      <h1>{texts.title}</h1>
      <MoodMap
        session={session}
        hand={listening.hand.value}
        onTouch={(place) => void listening.touch(place)}
        focusRef={map}
        way={journey.planned.value}
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
  );
}
