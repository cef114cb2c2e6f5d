/** The languages, each by the name its own speakers give it. */
import { useState } from "preact/hooks";
import { CODES, type Code, choose, LANGUAGES, language } from "@/languages/language";
import { words } from "./settingsWords";

export function LanguageChoice() {
  const [failed, setFailed] = useState(false);
  const pick = (code: Code) =>
    choose(code).then(
      () => setFailed(false),
      () => setFailed(true),
    );
  return (
    <>
      <p class="soft small">{words.languageHint}</p>
      <div class="settings-picks of-3">
        {CODES.map((code) => (
          <button
            key={code}
            type="button"
            class="button"
            lang={code}
            dir={LANGUAGES[code].dir}
            aria-pressed={code === language.value}
            onClick={() => void pick(code)}
          >
            {LANGUAGES[code].name}
          </button>
        ))}
      </div>
      <p role="status">{failed && words.languageFailed}</p>
    </>
  );
}
