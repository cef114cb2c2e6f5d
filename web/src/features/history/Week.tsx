/** A week of listening in a few plain sentences. */
import { useCallback, useState } from "preact/hooks";
import type { HistoryRecap, ViewsApi } from "@/api/views";
import { say } from "@/languages/say";
import { useFetched } from "@/ui/fetched";
import { Trouble } from "@/ui/Trouble";
import { lasting, monday } from "./going";
import { words } from "./historyWords";

const MOST_BACK = 520; // ten years

export function Week({ api, now }: { api: ViewsApi; now: Date }) {
  const [back, setBack] = useState(0);
  const since = monday(now, back).toISOString();
  const until = monday(now, back - 1).toISOString();
  const asked = useCallback(() => api.recap(since, until), [api, since, until]);
  const { value, trouble, again } = useFetched(asked);
  const there = value && Date.parse(value.since) === Date.parse(since) ? value : null;
  return (
    <section aria-busy={!there && trouble === null}>
      <h3>{back ? words.weekOf(say.dayAndMonth(since)) : words.week}</h3>
      {trouble !== null ? (
        <Trouble cause={trouble} failed={words.failed} onAgain={again} />
      ) : (
        <div class="week" role="status">
          {there ? <Said recap={there} /> : <span class="skeleton view-line" />}
        </div>
      )}
      <div class="row-of-buttons">
        <button
          type="button"
          class="button quiet"
          disabled={back >= MOST_BACK}
          onClick={() => setBack(back + 1)}
        >
          {words.earlier}
        </button>
        {back > 0 && (
          <button type="button" class="button quiet" onClick={() => setBack(back - 1)}>
            {words.later}
          </button>
        )}
      </div>
    </section>
  );
}

function Said({ recap }: { recap: HistoryRecap }) {
  const { sessions, tracks, different, heard_s, liked, goals, change } = recap;
  if (!sessions) return <p>{words.quiet}</p>;
  const most = goals.slice(0, 2).map(({ goal }) => words.goals[goal]);
  return (
    <>
      <p>{words.weekSaid(sessions, tracks, lasting(heard_s))}</p>
      <p>
        {[
          different < tracks && words.weekDifferent(different),
          words.weekGoals(most),
          liked > 0 && words.weekLiked(liked),
        ]
          .filter(Boolean)
          .join(" ")}
      </p>
      <p>{change ? changed(change) : <span class="soft">{words.weekNoChange}</span>}</p>
    </>
  );
}

function changed({ sessions, lighter, heavier }: NonNullable<HistoryRecap["change"]>): string {
  if (lighter > heavier) return words.weekLighter(lighter, sessions);
  if (heavier > lighter) return words.weekHeavier(heavier, sessions);
  return words.weekSame(sessions);
}
