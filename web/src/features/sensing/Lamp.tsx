/** The small lamp in the corner: whether a sensor runs. Never hidden while one does. */
import { sureness, texts } from "@/texts";
import type { Camera } from "./camera";

export type LampState = keyof typeof texts.sensing.lamp;

export function lampState(camera: Camera): LampState {
  const state = camera.state.value;
  if (state !== "on") return state;
  const seen = camera.seen.value;
  if (!seen) return "on";
  return seen.face && sureness(seen.face.confidence) ? "on" : "unsure";
}

export function Lamp({ camera, onOpen }: { camera: Camera; onOpen(): void }) {
  const state = lampState(camera);
  return (
    <button
      type="button"
      class="button quiet lamp"
      data-state={state}
      title={texts.sensing.openSheet}
      onClick={onOpen}
    >
      <span class="lamp-light" aria-hidden="true" />
      {texts.sensing.lamp[state]}
    </button>
  );
}
