/** Eyes whose script comes with the first opening, so that a mere visit brings none. */
import { texts } from "@/texts";
import type { Eyes } from "./eyes";

export function lazyEyes(bring: () => Promise<Eyes>): Eyes {
  let eyes: Eyes | null = null;
  let opening = 0; // which opening is the latest
  return {
    async open(tell) {
      opening += 1;
      const mine = opening;
      eyes ??= await bring().catch(() => {
        throw Object.assign(new Error("The eyes did not arrive."), texts.engine.download);
      });
      if (mine === opening) await eyes.open(tell);
    },
    look: async (stream) => (eyes ? eyes.look(stream) : null),
    everyMs: (took) => eyes?.everyMs(took) ?? 1000,
    release() {
      opening += 1;
      eyes?.release();
    },
    get sees() {
      return eyes?.sees;
    },
  };
}
