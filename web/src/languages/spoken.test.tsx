import { render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { texts } from "@/texts";
import { among, begin, choose, chosen, language, speak } from "./language";
import { say } from "./say";
import { spoken } from "./spoken";
import { english } from "./tongue";

const { queue } = texts;
const Next = () => <p>{queue.title}</p>;
const root = document.documentElement;

beforeEach(() => localStorage.clear());
afterEach(async () => {
  vi.unstubAllGlobals();
  await speak("en");
});

test("what is on the page changes with the language, with nothing reloaded", async () => {
  render(<Next />);
  expect(screen.getByText("Next")).toBeTruthy();
  await speak("de");
  await screen.findByText("Danach");
  expect(root.lang).toBe("de");
  await speak("ar");
  await screen.findByText("التالي");
  expect([root.lang, root.dir]).toEqual(["ar", "rtl"]);
  await speak("en");
  await screen.findByText("Next");
  expect(root.dir).toBe("ltr");
});

test("a choice is kept, and counts more than what the browser speaks", async () => {
  vi.stubGlobal("navigator", { ...navigator, languages: ["de-AT", "en"] });
  await begin();
  expect(language.value).toBe("de");
  expect(chosen()).toBeNull(); // nobody chose it
  await choose("ar");
  await begin();
  expect(language.value).toBe("ar");
});

test.each([
  [["de-AT", "en"], "de"],
  [["fr", "ar-EG", "de"], "ar"],
  [["fr", "it"], "en"],
  [[], "en"],
])("of the browser's languages %j the page speaks %s", (wishes, code) => {
  expect(among(wishes)).toBe(code);
});

test("whoever chooses twice in a row gets the later language", async () => {
  await Promise.all([speak("ar"), speak("de")]);
  expect(language.value).toBe("de");
});

test("a phrase that is not translated yet is said in English", async () => {
  const words = spoken("nowhere", {
    title: "Only here",
    deep: { down: (n: number) => `${n} down` },
  });
  await speak("de");
  expect([words.title, words.deep.down(3)]).toEqual(["Only here", "3 down"]);
});

test("numbers, lists and plurals follow the language", async () => {
  expect([say.number(1234.5), say.list(["a", "b", "c"])]).toEqual(["1,234.5", "a, b and c"]);
  await speak("de");
  expect([say.number(1234.5), say.list(["a", "b", "c"])]).toEqual(["1.234,5", "a, b und c"]);
  expect(texts.library.count(1)).toBe("1 Stück");
  await speak("ar");
  const songs = [1, 2, 3, 11, 100].map(texts.library.count);
  expect(songs).toEqual(["أغنية واحدة", "أغنيتان", "3 أغانٍ", "11 أغنية", "100 أغنية"]);
  expect(say.percent(0.42)).toBe("42٪");
});

test("nothing has its own words, where there are some for it", async () => {
  expect(english.several(0, { zero: "No songs", one: "# song", other: "# songs" })).toBe(
    "No songs",
  );
  expect(english.several(0, { one: "# minute", other: "# minutes" })).toBe("0 minutes");
});
