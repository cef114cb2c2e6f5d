/** Where music lives: every provider with its state, and where the music sounds. */
import type { ComponentType } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Provider, ProvidersApi } from "@/api/providers";
import { useDoing } from "@/ui/doing";
import { Sheet } from "@/ui/Sheet";
import { Trouble } from "@/ui/Trouble";
import { words } from "./connectionsWords";
import type { Outlet } from "./outlet";
import { ProviderCard } from "./ProviderCard";
import { WhereItSounds } from "./WhereItSounds";
import "./connections.css";

/** What a service brings of its own: in place of its card, or below all of them. */
export interface Part {
  provider?: string;
  Part: ComponentType<{ onChanged(): void }>;
}

export interface ConnectionsSheetProps {
  outlet: Outlet;
  parts?: readonly Part[];
  /** A library came or went. */
  onChanged(): void;
  onClose(): void;
}

export function ConnectionsSheet({
  outlet,
  parts = [],
  onChanged,
  onClose,
}: ConnectionsSheetProps) {
  const { api } = outlet;
  const [every, setEvery] = useState<Provider[] | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const [said, setSaid] = useState("");
  const asked = useRef(0);

  const look = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    setTrouble(null);
    try {
      const { providers } = await api.providers();
      if (mine === asked.current) setEvery(providers);
    } catch (cause) {
      if (mine === asked.current) setTrouble(cause);
    }
  }, [api]);
  useEffect(() => void look(), [look]);

  /** Something was connected or let go of: look again, and say so. */
  function changed(news = "") {
    setSaid(news);
    void look();
    void outlet.look();
    onChanged();
  }

  const own = (name: string) => parts.find((part) => part.provider === name)?.Part;
  const connected = every?.filter((one) => one.state !== "off") ?? [];
  const others = every?.filter((one) => one.state === "off") ?? [];
  const cards = (some: Provider[]) =>
    some.map((one) => {
      const Own = own(one.name);
      return (
        <li key={one.name}>
          {Own ? (
            <Own onChanged={changed} />
          ) : (
            <ProviderCard api={api} provider={one} onChanged={changed} />
          )}
        </li>
      );
    });
  return (
    <Sheet title={words.title} onClose={onClose} class="connections">
      <div class="sheet-body" aria-busy={!every && !trouble}>
        {trouble !== null && (
          <Trouble cause={trouble} failed={words.failed} onAgain={() => void look()} />
        )}
        <p role="status" class={said ? "" : "unseen"}>
          {said}
        </p>
        {every ? (
          <>
            <WhereItSounds
              outlet={outlet}
              players={connected.filter((one) => one.player)}
              onSaid={setSaid}
            />
            <section class="connections-group">
              <h3>{words.connected}</h3>
              {connected.length ? (
                <ul class="connections-list">{cards(connected)}</ul>
              ) : (
                <p class="soft">{words.none}</p>
              )}
              {connected.some((one) => one.library) && <LookAgain api={api} onFound={changed} />}
            </section>
            <section class="connections-group">
              <h3>{words.others}</h3>
              {others.length > 0 && <ul class="connections-list">{cards(others)}</ul>}
              {parts
                .filter((part) => !part.provider)
                .map(({ Part }, i) => (
                  <Part key={i} onChanged={changed} />
                ))}
              <p class="soft small">{others.length ? words.more : words.nothingElse}</p>
            </section>
          </>
        ) : (
          !trouble && <Waiting />
        )}
      </div>
    </Sheet>
  );
}

/** New songs are noticed within a minute; this is for whoever does not want to wait. */
function LookAgain({ api, onFound }: { api: ProvidersApi; onFound(news: string): void }) {
  const { busy, trouble, after } = useDoing();
  const look = () => after(async () => onFound(words.found((await api.look()).new)));
  return (
    <div class="provider-doors" aria-busy={busy}>
      <button type="button" class="button quiet" disabled={busy} onClick={() => void look()}>
        {words.look}
      </button>
      <span role="status" class="soft small">
        {busy && words.looking}
      </span>
      {trouble !== null && <Trouble cause={trouble} failed={words.failed} />}
    </div>
  );
}

function Waiting() {
  return (
    <>
      <p class="soft">{words.waiting}</p>
      {["a", "b", "c"].map((line) => (
        <span key={line} class="skeleton connections-waiting" />
      ))}
    </>
  );
}
