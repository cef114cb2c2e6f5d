/** What the server says, in German. */
import { within } from "../../gaps";
import type { Heard } from "../../heard";
import { files } from "./files";
import { house } from "./house";
import { learned } from "./learned";
import { places } from "./places";
import { services } from "./services";

export const heard: Heard = {
  sentences: { ...files, ...house, ...learned, ...places, ...services },
  gap(words) {
    const name = within(words);
    return name === null ? words : `„${name}“`;
  },
};
