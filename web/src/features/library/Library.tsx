/** Everything there is to play: looked through by words, and how to add more. */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { type Api, Refusal } from "@/api/client";
import { texts } from "@/texts";
import { Cover } from "@/ui/Cover";
import { clock } from "@/ui/clock";
import { Sheet } from "@/ui/Sheet";
import { createShelf } from "./pages";
import { VirtualList } from "./VirtualList";
import "./library.css";

const { library } = texts;
const ROW_PX = 68;
const TYPING_MS = 200;

export function Library({ api, onClose }: { api: Api; onClose(): void }) {
  const shelf = useMemo(() => createShelf(api), [api]);
  const [words, setWords] = useState("");
  useEffect(() => {
    const wait = setTimeout(() => shelf.look(words.trim()), words ? TYPING_MS : 0);
    return () => clearTimeout(wait);
  }, [shelf, words]);
  const onSight = useCallback((a: number, b: number) => shelf.sight(a, b), [shelf]);

  const total = shelf.total.value;
  const failed = shelf.failed.value;
  shelf.version.value; // drawn again with every page
  const bare = total === 0 && !words.trim();

  return (
    <Sheet title={library.title} onClose={onClose} class="library">
      {!bare && (
        <div class="library-search">
          <input
            type="search"
            class="field"
            aria-label={library.search}
            placeholder={library.search}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
          <p class="soft small" role="status">
            {total === null ? library.waiting : library.count(total)}
          </p>
        </div>
      )}
      {failed ? (
        <div class="sheet-body">
          <p>
            {failed instanceof Refusal ? failed.problem : texts.house.away}{" "}
            {failed instanceof Refusal ? failed.remedy : ""}
          </p>
          <button type="button" class="button" onClick={() => shelf.look(words.trim())}>
            {texts.again}
          </button>
        </div>
      ) : bare ? (
        <div class="sheet-body">
          <p>{library.empty}</p>
          <p class="soft">{library.emptyRemedy}</p>
          <code class="command">{library.command}</code>
          <button type="button" class="button primary" onClick={() => shelf.look("")}>
            {library.again}
          </button>
        </div>
      ) : total === 0 ? (
        <div class="sheet-body">
          <p>{library.noMatch(words.trim())}</p>
          <button type="button" class="button" onClick={() => setWords("")}>
            {library.clear}
          </button>
        </div>
      ) : (
        <>
          <VirtualList
            key={words}
            label={library.title}
            total={total ?? 8}
            rowHeight={ROW_PX}
            onSight={onSight}
            row={(i) => <Row shelf={shelf} index={i} />}
          />
          <div class="library-add">
            <p class="small soft">{library.add}</p>
            <code class="command">{library.command}</code>
          </div>
        </>
      )}
    </Sheet>
  );
}

function Row({ shelf, index }: { shelf: ReturnType<typeof createShelf>; index: number }) {
  const track = shelf.track(index);
  if (!track)
    return (
      <div class="library-row" aria-busy="true">
        <span class="skeleton cover" />
        <span class="skeleton library-line" />
      </div>
    );
  const where = [track.artist, track.album].filter(Boolean).join(" · ");
  return (
    <div class="library-row">
      <Cover address={track.cover} size={44} />
      <span class="library-words" title={`${track.title}, ${where}`}>
        <span class="library-title">{track.title}</span>
        <span class="soft small library-where">{where || texts.player.unknownArtist}</span>
      </span>
      <span class="soft small library-mood">{track.mood ?? ""}</span>
      <span class="soft small">{clock(track.duration_s)}</span>
    </div>
  );
}
