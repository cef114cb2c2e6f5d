/** The door to the other views: a button at the top, a quiet menu, and the view itself. */
import { signal } from "@preact/signals";
import { createAsking } from "@/features/history/asking";
import type { Listening } from "@/listening";
import { Icon } from "@/ui/Icon";
import { later } from "@/ui/later";
import { words } from "./viewsWords";

const CheckIn = later(() => import("@/features/history/CheckIn").then((m) => m.CheckIn));
const EndSheet = later(() => import("@/features/history/EndSheet").then((m) => m.EndSheet));
const FiveSheet = later(() => import("@/features/five/FiveSheet").then((m) => m.FiveSheet));
const HistorySheet = later(() =>
  import("@/features/history/HistorySheet").then((m) => m.HistorySheet),
);
const ListsSheet = later(() => import("@/features/lists/ListsSheet").then((m) => m.ListsSheet));
const MenuSheet = later(() => import("./MenuSheet").then((m) => m.MenuSheet));
const TableSheet = later(() => import("@/features/table/TableSheet").then((m) => m.TableSheet));

export type View = "menu" | "history" | "five" | "table" | "lists" | "end";

const view = signal<View | null>(null);
const ended = signal<string | null>(null); // the session that has just been ended
const asking = createAsking();

export function ViewsDoor() {
  return (
    <button
      type="button"
      class="button quiet round"
      aria-label={words.open}
      title={words.open}
      onClick={() => {
        view.value = "menu";
      }}
    >
      <Icon name="menu" size={22} />
    </button>
  );
}

/** How one is before the music, where that is to be asked. */
export function Before({ listening }: { listening: Listening }) {
  const due = asking.isDue(listening.session.value, listening.agreed("keep-readings"));
  return due ? <CheckIn listening={listening} onClose={() => undefined} /> : null;
}

export function Views({ listening }: { listening: Listening }) {
  const session = listening.session.value;
  const close = () => {
    view.value = null;
    ended.value = null;
  };
  const go = (to: View) => {
    view.value = to;
  };
  switch (view.value) {
    case "menu":
      return <MenuSheet canEnd={session?.playing != null} onGo={go} onClose={close} />;
    case "history":
      return <HistorySheet listening={listening} first={ended.value} onClose={close} />;
    case "five":
      return <FiveSheet listening={listening} onClose={close} />;
    case "table":
      return <TableSheet listening={listening} onClose={close} />;
    case "lists":
      return <ListsSheet onClose={close} />;
    case "end":
      return session ? (
        <EndSheet
          listening={listening}
          session={session.id}
          onEnded={(id) => {
            ended.value = id;
            go("history");
          }}
          onClose={close}
        />
      ) : null;
    default:
      return null;
  }
}
