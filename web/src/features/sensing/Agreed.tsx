/** What is agreed to, word for word. */
import type { ConsentText } from "@/api/types";
import { texts } from "@/texts";

/** In the language of the moment if this very version is translated. */
export function Agreed({ text }: { text: ConsentText }) {
  const translated = texts.consent.versions[text.version];
  return (
    <div class="agreed" {...(!translated && { lang: "en", dir: "ltr" })}>
      {(translated ?? text.text).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </div>
  );
}
