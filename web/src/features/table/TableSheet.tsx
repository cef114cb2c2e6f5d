/** All songs of a mood, the best known first: name, artist, mood, popularity. */
import { useCallback, useRef, useState } from "preact/hooks";
import type { Mood4 } from "@/api/types";
import { createViewsApi, type PopularSongs, type ViewsApi } from "@/api/views";
import type { Listening } from "@/listening";
import { texts } from "@/texts";
import { useFetched } from "@/ui/fetched";
import { Icon } from "@/ui/Icon";
import { Sheet } from "@/ui/Sheet";
import { Trouble } from "@/ui/Trouble";
import { words } from "./tableWords";
import "@/ui/views.css";
import "./table.css";

const MOODS = ["all", "happy", "calm", "sad", "angry"] as const;
const PAGE = 50;

export interface TableSheetProps {
  listening: Pick<Listening, "pick">;
  api?: ViewsApi;
  onClose(): void;
}

export function TableSheet({ listening, api: given, onClose }: TableSheetProps) {
  const [api] = useState(() => given ?? createViewsApi());
  const [{ mood, page }, setPlace] = useState<{ mood: Mood4 | "all"; page: number }>({
    mood: "all",
    page: 0,
  });
  const top = useRef<HTMLDivElement>(null);
  const ask = useCallback(
    async () => ({
      mood,
      page,
      songs: await api.popular(mood === "all" ? null : mood, page * PAGE, PAGE),
    }),
    [api, mood, page],
  );
  const { value, trouble, again } = useFetched(ask);
  const there = value?.mood === mood && value.page === page ? value.songs : null;

  function turn(to: number) {
    setPlace({ mood, page: to });
    top.current?.scrollTo({ top: 0 });
  }

  return (
    <Sheet title={words.title} onClose={onClose} class="view">
      <div class="sheet-body" ref={top} aria-busy={!there && trouble === null}>
        <fieldset class="bare row-of-buttons">
          <legend class="unseen">{words.mood}</legend>
          {MOODS.map((one) => (
            <button
              key={one}
              type="button"
              class="button"
              aria-pressed={mood === one}
              onClick={() => setPlace({ mood: one, page: 0 })}
            >
              {words.moods[one]}
            </button>
          ))}
        </fieldset>
        <div class="table-said">
          <p role="status">
            {there
              ? there.total
                ? words.counts(there.total, there.playable)
                : words.none
              : trouble === null && words.waiting}
          </p>
          {there !== null && there.total > 0 && (
            <p class="soft small">{there.known ? words.hint : words.noPopularity}</p>
          )}
        </div>
        {trouble !== null ? (
          <Trouble cause={trouble} failed={words.failed} onAgain={again} />
        ) : !there ? (
          ["a", "b", "c", "d"].map((line) => <span key={line} class="skeleton view-line" />)
        ) : there.total === 0 ? null : (
          <>
            <Songs songs={there} onPlay={(id) => void listening.pick(id)} />
            {there.total > PAGE && (
              <Pages page={page} pages={Math.ceil(there.total / PAGE)} onTurn={turn} />
            )}
          </>
        )}
      </div>
    </Sheet>
  );
}

function Songs({ songs, onPlay }: { songs: PopularSongs; onPlay(id: string): void }) {
  return (
    <table class={songs.known ? "view-table popular" : "view-table popular unranked"}>
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.artist}</th>
          <th scope="col">{words.feeling}</th>
          <th scope="col" class="number">
            {words.popularity}
          </th>
          <th scope="col">{words.here}</th>
        </tr>
      </thead>
      <tbody>
        {songs.rows.map(({ title, artist, mood, popularity, track }) => (
          <tr key={track ?? `${title} ${artist}`}>
            <th scope="row">{title}</th>
            <td>{artist || texts.player.unknownArtist}</td>
            <td>{mood ? words.moods[mood as Mood4] : <span class="soft">{words.noMood}</span>}</td>
            <td class="number">{popularity ?? <span class="soft small">{words.unknown}</span>}</td>
            <td>
              {track ? (
                <button
                  type="button"
                  class="button quiet round"
                  aria-label={words.playOf(title)}
                  title={words.playOf(title)}
                  onClick={() => onPlay(track)}
                >
                  <Icon name="play" size={20} />
                </button>
              ) : (
                <span class="soft small">{words.elsewhere}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Pages({ page, pages, onTurn }: { page: number; pages: number; onTurn(to: number): void }) {
  return (
    <div class="row-of-buttons table-pages">
      <button type="button" class="button" disabled={page === 0} onClick={() => onTurn(page - 1)}>
        {words.before}
      </button>
      <p class="soft small">{words.page(page + 1, pages)}</p>
      <button
        type="button"
        class="button"
        disabled={page + 1 >= pages}
        onClick={() => onTurn(page + 1)}
      >
        {words.after}
      </button>
    </div>
  );
}
