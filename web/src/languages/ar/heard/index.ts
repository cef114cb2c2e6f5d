/** What the server says, in Arabic. */
import { within } from "../../gaps";
import type { Heard } from "../../heard";
import { apart, quoted } from "../say";
import { files } from "./files";
import { house } from "./house";
import { learned } from "./learned";
import { places } from "./places";
import { services } from "./services";

export const heard: Heard = {
  sentences: { ...files, ...house, ...learned, ...places, ...services },
  gap(words) {
    const name = within(words);
    if (name !== null) return quoted(name);
    return /^[\d,.]+$/.test(words) ? words : apart(words);
  },
};
