/** The files that could not be read, and why. */
import { useEffect, useState } from "preact/hooks";
import type { Api } from "@/api/client";
import type { FailedFiles as Page } from "@/api/types";
import { texts } from "@/texts";
import { Told } from "@/ui/Told";
import { words } from "./libraryWords";

const MOST = 200;

export function FailedFiles({ api }: { api: Api }) {
  const [told, setTold] = useState<Page | null>(null);
  const [away, setAway] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let left = false;
    setAway(false);
    api.failed(0, MOST).then(
      (found) => !left && setTold(found),
      () => !left && setAway(true),
    );
    return () => {
      left = true;
    };
  }, [api, tries]);
  if (away)
    return (
      <div class="detail-failed">
        <p>{texts.house.away}</p>
        <button type="button" class="button" onClick={() => setTries(tries + 1)}>
          {texts.again}
        </button>
      </div>
    );
  if (!told) return <span class="skeleton library-line" />;
  if (!told.total) return <p>{words.failed.none}</p>;
  return (
    <>
      <ul class="failed-files">
        {told.files.map(({ path, problem, remedy }) => (
          <li key={path}>
            <p class="failed-path">{path}</p>
            <p class="small">
              <Told trouble={{ problem, remedy }} />
            </p>
          </li>
        ))}
      </ul>
      {told.total > told.files.length && (
        <p class="small soft">{words.failed.more(told.total - told.files.length)}</p>
      )}
    </>
  );
}
