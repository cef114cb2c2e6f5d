/** Numbers, lists, days and plurals as a language says them, by the browser's own Intl. */

/** The forms of a phrase by number; `#` stands for the number itself. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export type Tongue = ReturnType<typeof tongue>;

/** `locale`: a BCP 47 tag, such as "de". */
export function tongue(locale: string) {
  // Made when first needed: a browser opens Intl's data only then, which takes its time.
  let rules: Intl.PluralRules | undefined;
  const formats = new Map<number | undefined, Intl.NumberFormat>();
  function number(n: number, digits?: number): string {
    const short = digits === 0 ? Math.round(n) : n;
    // As every language here writes it, with Latin digits.
    if (!digits && Number.isInteger(short) && short >= 0 && short < 1000) return String(short);
    let format = formats.get(digits);
    if (!format) {
      const exactly = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      format = new Intl.NumberFormat(locale, digits === undefined ? {} : exactly);
      formats.set(digits, format);
    }
    return format.format(n);
  }
  return {
    /** 1234.5 as it is written; with `digits`, exactly so many behind the point. */
    number,
    /** A share in [0, 1] of a hundred. */
    percent: (share: number, digits = 0) => `${number(100 * share, digits)} %`,
    /** So many of something: the form that goes with the number; none of it may have its own. */
    several(n: number, forms: Forms) {
      rules ??= new Intl.PluralRules(locale);
      const none = n === 0 ? forms.zero : undefined;
      return (none ?? forms[rules.select(n)] ?? forms.other).replace("#", number(n));
    },
    /** "one, two and three" */
    list: (items: readonly string[]) =>
      new Intl.ListFormat(locale, { type: "conjunction" }).format(items),
    /** "22 November 2026", of a time in ISO 8601. */
    day: (at: string) =>
      new Date(at).toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric" }),
    /** "21 November", the year being plain. */
    dayAndMonth: (at: string) =>
      new Date(at).toLocaleDateString(locale, { day: "numeric", month: "long" }),
    /** "14:05" */
    hour: (at: string) =>
      new Date(at).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" }),
  };
}

/** English as the page writes it: British. */
export const english = tongue("en-GB");
