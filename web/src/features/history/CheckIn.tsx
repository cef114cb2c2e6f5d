/** How the listener is before the music: a strip that is answered, skipped or switched off. */
import { useEffect, useState } from "preact/hooks";
import type { Point } from "@/api/types";
import { createViewsApi, type ViewsApi } from "@/api/views";
import type { Listening } from "@/listening";
import { AskHow } from "./AskHow";
import { createAsking } from "./asking";
import { words } from "./historyWords";
import "@/ui/views.css";
import "./history.css";

export interface CheckInProps {
  listening: Pick<Listening, "session" | "notice" | "agreed" | "say">;
  api?: ViewsApi;
  onClose(): void;
}

export function CheckIn({ listening, api: given, onClose }: CheckInProps) {
  const [api] = useState(() => given ?? createViewsApi());
  const [asking] = useState(() => createAsking());
  const [over, setOver] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const session = listening.session.value;
  const due = busy || asking.isDue(session, listening.agreed("keep-readings"));
  const shown = due && session?.id !== over;
  // It stands above what has the focus, so whoever does not see it hears of it.
  useEffect(() => {
    if (shown) listening.say(words.checkIn.before);
  }, [shown, listening]);
  if (!session || !shown) return null;
  const { id } = session;

  function close() {
    asking.done(id);
    setOver(id);
    onClose();
  }

  async function tell(place: Point) {
    setBusy(true);
    try {
      await api.checkIn(id, "before", place);
      listening.notice.value = { text: words.checkIn.thanks, tone: "calm" };
    } catch {
      listening.notice.value = { text: words.checkIn.failed, tone: "calm" };
    }
    setBusy(false);
    close();
  }

  return (
    <section class="check-in" aria-label={words.checkIn.before}>
      <div class="check-in-card">
        <AskHow question={words.checkIn.before} busy={busy} onSay={(place) => void tell(place)} />
        <div class="row-of-buttons">
          <button type="button" class="button quiet" onClick={close}>
            {words.checkIn.skip}
          </button>
          <button
            type="button"
            class="button quiet"
            onClick={() => {
              asking.never();
              close();
            }}
          >
            {words.checkIn.never}
          </button>
        </div>
      </div>
    </section>
  );
}
