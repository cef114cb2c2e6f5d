/** This device's eyes and the server's, with all that they look through: brought on consent. */

import type { Felt } from "@/api/types";
import { createBlend } from "@/reading/blend";
import type { Shelf } from "@/reading/shelf";
import { createDeviceEyes, createGrabber, createServerEyes, type Eyes } from "./eyes";

export interface BothEyesParts {
  shelf: Shelf;
  /** Told one reading every two seconds. */
  sense(felt: Felt): void;
  send(frame: Blob): boolean;
}

export function createBothEyes({
  shelf,
  sense,
  send,
}: BothEyesParts): Record<"device" | "server", Eyes> {
  const grabber = createGrabber();
  const blend = createBlend();
  return {
    device: createDeviceEyes({
      shelf,
      picture: grabber.picture,
      release() {
        grabber.release();
        blend.forget();
      },
      onLook(look, atS) {
        const felt = blend.take(look, atS);
        if (felt) sense(felt);
      },
    }),
    server: createServerEyes({ ...grabber, send }),
  };
}
