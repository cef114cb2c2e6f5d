/** The bar at the bottom, as the session and the sound have it. */
import type { Signal } from "@preact/signals";
import type { Outlet } from "@/features/connections/outlet";
import { PlayerBar } from "@/features/player/PlayerBar";
import { heard } from "@/languages/heard";
import type { Listening } from "@/listening";
import type { Over } from "./over";

export interface PlayerProps {
  listening: Listening;
  outlet: Outlet;
  over: Signal<Over>;
}

export function Player({ listening, outlet, over }: PlayerProps) {
  const house = listening.house.value;
  const session = listening.session.value;
  return (
    <PlayerBar
      session={session}
      sound={listening.sound}
      where={heard(outlet.sounds.value?.title ?? "")}
      starting={listening.starting.value}
      empty={!house || (house.tracks === 0 && !session?.playing)}
      onToggle={listening.toggle}
      onNext={() => void listening.next()}
      onLike={() => void listening.like()}
      onNotNow={() => void listening.notNow()}
      onFits={() => void listening.fits()}
      onNever={(of) => void listening.never(of)}
      onWhy={() => {
        over.value = "why";
      }}
      done={listening.done.value}
      onUndo={() => void listening.undo()}
    />
  );
}
