/** Which senses run, how sure they are, what they said last, and how to stop them. */

import { useRef } from "preact/hooks";
import type { Consent, House, Sensor, Session } from "@/api/types";
import { say } from "@/languages/say";
import type { Notice } from "@/listening";
import { sureness, texts } from "@/texts";
import { Sheet } from "@/ui/Sheet";
import { Agreed } from "./Agreed";
import { CardLink } from "./CardLink";
import type { Camera } from "./camera";
import { PLACES, type ReadingPlace, type ReadingPlaceChoice } from "./place";

const { sensing } = texts;

export interface SensingSheetProps {
  camera: Camera;
  where: ReadingPlaceChoice;
  session: Session | null;
  house: House | null;
  consents: Consent[];
  notice: Notice | null;
  onAllOff(): void;
  onWhere(place: ReadingPlace): void;
  onWithdraw(sensor: Sensor): void;
  /** Agree that readings are kept. */
  onKeep(): void;
  onCard(): void;
  onClose(): void;
}

export function SensingSheet(props: SensingSheetProps) {
  const { camera, session, house, consents } = props;
  const state = camera.state.value;
  const place = props.where.value.value;
  // The page behind the sheet cannot be heard; what is said since it opened stands here too.
  const before = useRef(props.notice);
  const said = props.notice === before.current ? null : props.notice;
  const given = consents.filter((one) => one.given && one.sensor !== "keep-readings");
  const keeping = house?.sensing.consent["keep-readings"];
  const kept = consents.some((one) => one.given && one.sensor === "keep-readings");
  const heard = session?.heard;
  const model = house?.sensing.model;
  const believed = Object.entries(session?.mood?.believed ?? {}).sort(([, a], [, b]) => b - a);
  return (
    <Sheet title={sensing.sheet} onClose={props.onClose}>
      <div role="status" class="sensing-said">
        {said && (
          <p class={`notice ${said.tone}`}>
            <span>
              {said.text} <span class="soft">{said.remedy}</span>
            </span>
          </p>
        )}
      </div>
      <div class="sheet-body">
        <p>
          {state === "paused"
            ? sensing.cameraPaused
            : state === "off"
              ? sensing.cameraOff
              : sensing.cameraOn[place]}
        </p>
        {!model && <p class="soft">{sensing.modelMissing}</p>}
        <fieldset class="bare places">
          <legend>{sensing.where.title}</legend>
          {PLACES.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="place"
                checked={place === one}
                onChange={() => props.onWhere(one)}
              />
              <span>
                {sensing.where[one]}
                <span class="soft small">{sensing.where.hints[one]}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {model && <CardLink onOpen={props.onCard} />}
        <div>
          <h3>{sensing.lastReading}</h3>
          <p class="soft">
            {heard?.expression
              ? (sureness(heard.confidence) &&
                  texts.reading.looks(heard.expression, sureness(heard.confidence) ?? "")) ||
                texts.reading.unsure
              : sensing.noReading}
          </p>
        </div>
        {believed.length > 0 && (
          <div>
            <h3>{sensing.belief}</h3>
            <ul class="soft">
              {believed.map(([source, share]) => (
                <li key={source}>
                  {sensing.sources[source] ?? source}: {say.percent(share)}
                </li>
              ))}
            </ul>
          </div>
        )}
        <button
          type="button"
          class="button"
          aria-disabled={state === "off"} // not barred: whoever stands on it stays
          onClick={props.onAllOff}
        >
          {sensing.allOff}
        </button>
        {given.length === 0 && <p class="soft">{sensing.noConsents}</p>}
        {given.map(({ sensor }) => (
          <button
            key={sensor}
            type="button"
            class="button"
            onClick={() => props.onWithdraw(sensor)}
          >
            {sensing.withdraw[sensor as Exclude<Sensor, "keep-readings">]}
          </button>
        ))}
        {keeping && (
          <div class="keeping">
            <h3>{sensing.keep}</h3>
            <div class="soft">
              <Agreed text={keeping} />
            </div>
            <p>{kept ? sensing.kept : sensing.notKept}</p>
            <button
              type="button"
              class="button"
              onClick={() => (kept ? props.onWithdraw("keep-readings") : props.onKeep())}
            >
              {kept ? sensing.keepOff : sensing.keepOn}
            </button>
          </div>
        )}
      </div>
    </Sheet>
  );
}
