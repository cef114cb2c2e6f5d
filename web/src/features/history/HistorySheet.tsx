/** Past sessions: the week, a list of them, one at a time, and all of it as a file. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { createViewsApi, type PastSession, type ViewsApi } from "@/api/views";
import { say } from "@/languages/say";
import type { Listening } from "@/listening";
import { Icon } from "@/ui/Icon";
import { Sheet } from "@/ui/Sheet";
import { Sure } from "@/ui/Sure";
import { Trouble } from "@/ui/Trouble";
import { words } from "./historyWords";
import { Change, SessionAccount } from "./SessionAccount";
import { Week } from "./Week";
import "@/ui/views.css";
import "./history.css";

const PAGE = 20;

export interface HistorySheetProps {
  listening: Pick<Listening, "pick">;
  /** The session to begin with; null for the list of all. */
  first?: string | null;
  api?: ViewsApi;
  now?: Date;
  onClose(): void;
}

export function HistorySheet({
  listening,
  first = null,
  api: given,
  now,
  onClose,
}: HistorySheetProps) {
  const [api] = useState(() => given ?? createViewsApi());
  const [today] = useState(() => now ?? new Date());
  const [open, setOpen] = useState(first);
  const [sessions, setSessions] = useState<PastSession[] | null>(null);
  const [total, setTotal] = useState(0);
  const [trouble, setTrouble] = useState<unknown>(null);
  const [said, setSaid] = useState("");
  const back = useRef<HTMLButtonElement>(null);

  /** Fetch the sessions from `offset` on; what came before them stays. */
  const fetchFrom = useCallback(
    async (offset: number) => {
      setTrouble(null);
      try {
        const page = await api.history(offset, PAGE);
        setTotal(page.total);
        setSessions((before) => [...(before ?? []).slice(0, offset), ...page.sessions]);
      } catch (cause) {
        setTrouble(cause);
      }
    },
    [api],
  );
  useEffect(() => void fetchFrom(0), [fetchFrom]);
  useEffect(() => {
    if (open) back.current?.focus();
  }, [open]);

  async function forget(act: () => Promise<unknown>) {
    try {
      await act();
      setSaid(words.deleted);
      setOpen(null);
      setSessions(null);
      await fetchFrom(0);
    } catch (cause) {
      setTrouble(cause);
    }
  }

  return (
    <Sheet title={words.title} onClose={onClose} class="view history">
      <div class="sheet-body" key={open} aria-busy={!sessions && trouble === null}>
        {open ? (
          <>
            <div>
              <button
                ref={back}
                type="button"
                class="button quiet history-back"
                onClick={() => setOpen(null)}
              >
                <Icon name="back" size={20} />
                {words.back}
              </button>
            </div>
            {trouble !== null && <Trouble cause={trouble} failed={words.failed} />}
            <SessionAccount
              api={api}
              id={open}
              onPlay={(uri) => void listening.pick(uri)}
              onDelete={(id) => void forget(() => api.deletePast(id))}
            />
          </>
        ) : (
          <>
            <p class="unseen" role="status">
              {said}
            </p>
            {trouble !== null && (
              <Trouble
                cause={trouble}
                failed={words.failed}
                onAgain={() => void fetchFrom(sessions?.length ?? 0)}
              />
            )}
            {sessions === null && trouble === null && <Waiting />}
            {sessions?.length === 0 && (
              <>
                <p>{words.none}</p>
                <button type="button" class="button" onClick={onClose}>
                  {words.begin}
                </button>
              </>
            )}
            {sessions !== null && sessions.length > 0 && (
              <>
                <Week api={api} now={today} />
                <Sessions
                  sessions={sessions}
                  total={total}
                  onOpen={setOpen}
                  onMore={() => void fetchFrom(sessions.length)}
                />
                <section>
                  <h3>{words.keeping}</h3>
                  <div class="row-of-buttons">
                    <a
                      class="button"
                      href="/api/history/export?form=csv"
                      download="affetto-history.csv"
                    >
                      {words.asCsv}
                    </a>
                    <a
                      class="button"
                      href="/api/history/export?form=json"
                      download="affetto-history.json"
                    >
                      {words.asJson}
                    </a>
                  </div>
                  <Sure
                    label={words.deleteAll}
                    ask={words.deleteAllAsk}
                    goes={words.deleteAllGoes}
                    stays={words.deleteStays}
                    yes={words.deleteYes}
                    no={words.deleteNo}
                    onYes={() => void forget(() => api.deleteHistory())}
                  />
                </section>
              </>
            )}
          </>
        )}
      </div>
    </Sheet>
  );
}

function Waiting() {
  return (
    <>
      <p class="soft">{words.waiting}</p>
      {["a", "b", "c"].map((line) => (
        <span key={line} class="skeleton view-line" />
      ))}
    </>
  );
}

interface SessionsProps {
  sessions: PastSession[];
  total: number;
  onOpen(id: string): void;
  onMore(): void;
}

function Sessions({ sessions, total, onOpen, onMore }: SessionsProps) {
  return (
    <section>
      <h3>{words.sessions}</h3>
      <ul class="view-rows">
        {sessions.map((one) => (
          <li key={one.id}>
            <button type="button" class="view-row" onClick={() => onOpen(one.id)}>
              <span class="view-words">
                <span>
                  {say.dayAndMonth(one.started_at)}, {say.hour(one.started_at)}
                  {one.ended_at === null && <span class="soft"> · {words.running}</span>}
                </span>
                <span class="soft small">
                  {words.for(words.goals[one.goal])} · {words.tracks(one.tracks)}
                </span>
                <span class="small">
                  <Change session={one} />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p class="soft small" role="status">
        {words.shown(sessions.length, total)}
      </p>
      {sessions.length < total && (
        <div>
          <button type="button" class="button" onClick={onMore}>
            {words.more}
          </button>
        </div>
      )}
    </section>
  );
}
