/** What a language may want to know of the words in a gap of what the server says. */

/** "1,234" as a number. */
export const count = (gap: string) => Number(gap.replace(/\D/g, ""));

/** The words alone, without the quotation marks and signs a language set around them. */
export const bare = (gap: string) => gap.replace(/[\u2068\u2069„“«»]/g, "");

/** The words within the quotation marks that the server sets around a name; null: none are. */
export const within = (gap: string) => /^(['"])(.*)\1$/s.exec(gap)?.[2] ?? null;
