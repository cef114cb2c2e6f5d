/** Arabic, with the digits that the clocks and the keys of the page have, too. */
import { tongue } from "../tongue";

const arabic = tongue("ar-u-nu-latn");

export const say = {
  ...arabic,
  percent: (share: number, digits = 0) => `${arabic.number(100 * share, digits)}٪`,
};

/** Somebody else's words, in whichever direction they run, kept together. */
export const apart = (words: string) => `\u2068${words}\u2069`;
/** A title in quotation marks. */
export const quoted = (title: string) => `«${apart(title)}»`;
