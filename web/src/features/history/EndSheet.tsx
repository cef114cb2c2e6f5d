/** The end of a session: how the listener is now, if they like to say, and the music stops. */
import { useState } from "preact/hooks";
import type { Point } from "@/api/types";
import { createViewsApi, type ViewsApi } from "@/api/views";
import type { Listening } from "@/listening";
import { useDoing } from "@/ui/doing";
import { Sheet } from "@/ui/Sheet";
import { Trouble } from "@/ui/Trouble";
import { AskHow } from "./AskHow";
import { words } from "./historyWords";
import "@/ui/views.css";
import "./history.css";

export interface EndSheetProps {
  listening: Pick<Listening, "agreed"> & { sound: Pick<Listening["sound"], "position"> };
  session: string;
  api?: ViewsApi;
  /** It has ended. */
  onEnded(session: string): void;
  onClose(): void;
}

export function EndSheet({ listening, session, api: given, onEnded, onClose }: EndSheetProps) {
  const [api] = useState(() => given ?? createViewsApi());
  const { busy, trouble, after } = useDoing();
  const agreed = listening.agreed("keep-readings");

  const end = (place?: Point) =>
    after(async () => {
      if (place) await api.checkIn(session, "after", place);
      await api.endSession(session, listening.sound.position.value);
      onEnded(session);
    });

  return (
    <Sheet title={words.end.title} onClose={onClose}>
      <div class="sheet-body">
        <p>{words.end.now}</p>
        {trouble !== null && <Trouble cause={trouble} failed={words.end.failed} />}
        {agreed ? (
          <AskHow question={words.checkIn.after} busy={busy} onSay={(place) => void end(place)} />
        ) : (
          <p class="soft small">{words.end.noConsent}</p>
        )}
        <div class="row-of-buttons">
          <button type="button" class="button" disabled={busy} onClick={() => void end()}>
            {agreed ? words.end.said : words.end.yes}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
