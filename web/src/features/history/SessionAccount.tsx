/** One session: how the mood went, its songs, and what was said of each. */
import { useCallback } from "preact/hooks";
import type { PastAccount, PastMood, ViewsApi } from "@/api/views";
import { say } from "@/languages/say";
import { useFetched } from "@/ui/fetched";
import { Sure } from "@/ui/Sure";
import { Trouble } from "@/ui/Trouble";
import { lasting, placed } from "./going";
import { words } from "./historyWords";
import { MoodChart } from "./MoodChart";

export interface SessionAccountProps {
  api: ViewsApi;
  id: string;
  onPlay(uri: string): void;
  onDelete(id: string): void;
}

export function SessionAccount({ api, id, onPlay, onDelete }: SessionAccountProps) {
  const { value, trouble, again } = useFetched(useCallback(() => api.past(id), [api, id]));
  if (trouble !== null) return <Trouble cause={trouble} failed={words.failed} onAgain={again} />;
  if (!value) return <span class="skeleton view-line" />;
  const { session, tracks, moods } = value;
  return (
    <>
      <section>
        <h3>
          {say.day(session.started_at)}, {say.hour(session.started_at)}
        </h3>
        <p>
          {words.for(words.goals[session.goal])} · {words.tracks(session.tracks)} ·{" "}
          {lasting(tracks.reduce((all, { heard_s }) => all + heard_s, 0))}
          {session.ended_at === null && ` · ${words.running}`}
        </p>
        <Change session={session} />
      </section>
      <section>
        <h3>{words.mood}</h3>
        {moods.length ? (
          <>
            <MoodChart account={value} />
            <p class="soft small">{words.key}</p>
            <Twin account={value} />
          </>
        ) : (
          <>
            <p>{words.noMoods}</p>
            <p class="soft small">{words.noMoodsHint}</p>
          </>
        )}
      </section>
      <section>
        <h3>{words.songs}</h3>
        <ol class="view-rows">
          {tracks.map((track) => (
            <li key={track.at} class="view-row">
              <span class="soft small">{say.hour(track.at)}</span>
              <span class="view-words">
                <span>
                  {track.title} <span class="soft">{track.artist}</span>
                </span>
                <span class="soft small">
                  {[
                    words.heard(lasting(track.heard_s)),
                    ...track.answers.map(({ answer }) => words.answers[answer]),
                    ...(track.mood_after ? [words.after(placed(track.mood_after))] : []),
                    ...(track.here ? [] : [words.gone]),
                  ].join(" · ")}
                </span>
              </span>
              {track.here && (
                <button
                  type="button"
                  class="button quiet"
                  aria-label={words.playOf(track.title)}
                  onClick={() => onPlay(track.track)}
                >
                  {words.play}
                </button>
              )}
            </li>
          ))}
        </ol>
      </section>
      {session.ended_at !== null && (
        <section>
          <Sure
            label={words.delete}
            ask={words.deleteAsk}
            goes={words.deleteGoes}
            stays={words.deleteStays}
            yes={words.deleteYes}
            no={words.deleteNo}
            onYes={() => onDelete(id)}
          />
        </section>
      )}
    </>
  );
}

/** Before and after, as a change where both are known. */
export function Change({ session: { before, after } }: { session: PastAccount["session"] }) {
  if (before && after) return <p>{words.from(placed(before), placed(after))}</p>;
  if (before) return <p>{words.before(placed(before))}</p>;
  return after && <p>{words.after(placed(after))}</p>;
}

/** The same as the chart, as a table. */
function Twin({ account: { moods, corrections } }: { account: PastAccount }) {
  const lines: { at: string; how: string; from: string }[] = [
    ...moods.map((mood: PastMood) => ({
      at: mood.at,
      how: placed(mood),
      from: words.sources[mood.source],
    })),
    ...corrections.map((at) => ({ at, how: words.correction, from: words.sources.self })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return (
    <details>
      <summary class="link">{words.table}</summary>
      <table class="view-table mood-table">
        <thead>
          <tr>
            <th scope="col">{words.when}</th>
            <th scope="col">{words.how}</th>
            <th scope="col">{words.whoSaid}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ at, how, from }) => (
            <tr key={`${at} ${how}`}>
              <td>{say.hour(at)}</td>
              <td>{how}</td>
              <td class="soft">{from}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
