/** The page as an app: install it, and have it open without the server. */
import { useState } from "preact/hooks";
import type { Keeping } from "@/keeping";
import { words } from "./settingsWords";

export function AppChoice({ keeping }: { keeping: Keeping }) {
  const [failed, setFailed] = useState(false);
  const { kept, install } = keeping;
  const change = (on: boolean) =>
    (on ? keeping.keep() : keeping.forget()).then(
      () => setFailed(false),
      () => setFailed(true),
    );
  return (
    <>
      <p class="soft small">{words.appHint}</p>
      {install.value && (
        <button type="button" class="button" onClick={() => void install.value?.()}>
          {words.install}
        </button>
      )}
      {kept.value !== null && (
        <label class="switch">
          <input
            type="checkbox"
            checked={kept.value}
            onChange={(event) => void change(event.currentTarget.checked)}
          />
          <span>
            {words.offline}
            <span class="soft small settings-line">{words.offlineHint}</span>
          </span>
        </label>
      )}
      <p role="status">{failed && words.offlineFailed}</p>
    </>
  );
}
