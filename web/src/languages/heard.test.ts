/** What the server says is said in every language, and understood when it comes. */
import { afterEach, expect, test } from "vitest";
import { Refusal } from "@/api/client";
import { ar } from "./ar";
import { de } from "./de";
import { type Heard, heard } from "./heard";
import { speak } from "./language";
import sentences from "./sentences.json";

const LANGUAGES: [string, Heard][] = [
  ["de", de.heard],
  ["ar", ar.heard],
];
const gapsOf = (sentence: string) => [...sentence.matchAll(/\{(\d+)\}/g)].map(([, at]) => at);
/** The sentence with something in each gap. */
const filled = (sentence: string) => sentence.replace(/\{(\d+)\}/g, (_, at) => `7${at}`);
/** The same in English and German, and right in both. */
const ALIKE = new Set(["Spotify", "Port", "server", "playlists"]);
/** Told by its own name, "photo" or "camera", whatever stands in the gap. */
const NAMED = "You have not agreed to this use of the {0}.";

afterEach(() => speak("en"));

test.each(LANGUAGES)("%s has a sentence for each of the server's, and for no other", (_, told) => {
  expect(Object.keys(told.sentences).sort()).toEqual(Object.keys(sentences).sort());
});

test.each(LANGUAGES)("%s says what varies, and leaves nothing in English", async (code, told) => {
  await speak(code as "de" | "ar");
  for (const sentence of Object.keys(told.sentences)) {
    const said = heard(filled(sentence));
    const varies = sentence === NAMED ? [] : gapsOf(sentence);
    for (const at of varies) expect(said, sentence).toContain(`7${at}`);
    expect(said, sentence).not.toMatch(/!|\{\d|undefined|NaN/);
    if (ALIKE.has(sentence)) continue;
    expect(said.toLowerCase(), sentence).not.toBe(filled(sentence).toLowerCase());
    if (code === "ar") expect(said, sentence).toMatch(/\p{Script=Arabic}/u);
  }
});

test("in English the server's own words are shown", () => {
  expect(heard("The file is empty.")).toBe("The file is empty.");
});

test("a sentence is known by what does not vary in it", async () => {
  await speak("de");
  expect(heard("The file is empty.")).toBe("Die Datei ist leer.");
  expect(heard("There is no folder /home/me/Music.")).toBe("Es gibt keinen Ordner /home/me/Music.");
  expect(heard("The provider 'box' is not connected.")).toBe(
    "Der Anbieter „box“ ist nicht verbunden.",
  );
});

test("a sentence within another is told, too", async () => {
  await speak("de");
  expect(heard("The music server at box:80 does not know this API key (wrong).")).toBe(
    "Der Musikserver unter box:80 kennt diesen API-Schlüssel nicht (wrong).",
  );
  expect(heard("Not clear yet: “You like fast music” or “You like slow music”.")).toBe(
    "Noch nicht klar: „Du magst schnelle Musik“ oder „Du magst langsame Musik“.",
  );
  expect(heard("From 12 answers: You like Mr. Oizo more than most. You like jazz.")).toBe(
    "Aus 12 Antworten: Du magst Mr. Oizo mehr als die meisten. Du magst jazz.",
  );
});

test("Arabic counts as it does, and keeps what is not Arabic together", async () => {
  await speak("ar");
  expect(heard("There are 2 songs.")).toBe("فيه أغنيتان.");
  expect(heard("There are 1204 songs.")).toContain("أغان");
  expect(heard("MPD answers at box:6600.")).toBe("يجيب MPD على \u2068box:6600\u2069.");
  expect(heard("The box hums.")).toBe("\u2068The box hums.\u2069");
});

test("what a plug-in says by itself stays as it is", async () => {
  await speak("de");
  expect(heard("Turn the crank twice.")).toBe("Turn the crank twice.");
});

test("a refusal is told in the language of the moment, also after it came", async () => {
  const refusal = new Refusal("Spotify does not answer.", "Try again later.", 502);
  expect(refusal.problem).toBe("Spotify does not answer.");
  await speak("de");
  expect(`${refusal.problem} ${refusal.remedy}`).toBe(
    "Spotify antwortet nicht. Versuch es später noch einmal.",
  );
});
