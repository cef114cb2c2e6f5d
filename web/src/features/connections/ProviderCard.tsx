/** One provider: how it is, what can be tried, and the form that connects it. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Asked, Check, Provider, ProvidersApi } from "@/api/providers";
import { heard } from "@/languages/heard";
import { useDoing } from "@/ui/doing";
import { Told } from "@/ui/Told";
import { Trouble } from "@/ui/Trouble";
import { words } from "./connectionsWords";

export interface ProviderCardProps {
  api: ProvidersApi;
  provider: Provider;
  onChanged(news: string): void;
}

type Doing = "nothing" | "filling in" | "leaving";

export function ProviderCard({ api, provider, onChanged }: ProviderCardProps) {
  const { name, state } = provider;
  const title = heard(provider.title);
  const [doing, setDoing] = useState<Doing>("nothing");
  const [checks, setChecks] = useState<Check[] | null>(null);
  const [notKept, setNotKept] = useState(false);
  const { busy, trouble, after: during } = useDoing();
  const form = useRef<HTMLFormElement>(null);
  const heading = useId();
  useEffect(() => {
    if (doing === "filling in") form.current?.querySelector<HTMLElement>("input, button")?.focus();
  }, [doing]);

  const after = (act: () => Promise<void>) => {
    setNotKept(false);
    return during(act);
  };

  const settings = () =>
    Object.fromEntries(
      [...new FormData(form.current ?? undefined)].map(([key, value]) => [key, String(value)]),
    );

  const test = () =>
    after(async () => {
      setChecks(null);
      setChecks((await api.test(name, doing === "filling in" ? settings() : null)).checks);
    });

  const connect = (anyway: boolean) =>
    after(async () => {
      setChecks(null);
      const told = await api.connect(name, settings(), anyway);
      setChecks(told.checks);
      setNotKept(!told.connected);
      if (!told.connected) return;
      setDoing("nothing");
      onChanged(words.isConnected(title));
    });

  const disconnect = () =>
    after(async () => {
      await api.disconnect(name);
      onChanged(words.isGone(title));
    });

  return (
    <section class="provider" aria-labelledby={heading} aria-busy={busy}>
      <div class="provider-top">
        <div>
          <h4 id={heading}>{title}</h4>
          <State provider={provider} />
        </div>
        {doing === "nothing" && doors()}
      </div>
      {provider.summary && state === "off" && <p class="soft small">{heard(provider.summary)}</p>}
      {provider.trouble && (
        <p class="small">
          <Told trouble={provider.trouble} />
        </p>
      )}
      {doing === "filling in" && (
        <form
          ref={form}
          class="provider-form"
          onSubmit={(event) => {
            event.preventDefault();
            void connect(false);
          }}
        >
          {provider.asks.length ? (
            provider.asks.map((one) => <Field key={one.name} asked={one} provider={provider} />)
          ) : (
            <p class="soft small">{words.asked}</p>
          )}
          <div class="provider-doors">
            <button type="submit" class="button primary" disabled={busy}>
              {words.connect}
            </button>
            {notKept && (
              <button type="button" class="button" onClick={() => void connect(true)}>
                {words.connectAnyway}
              </button>
            )}
            <button type="button" class="button" disabled={busy} onClick={() => void test()}>
              {words.test}
            </button>
            <button type="button" class="button quiet" onClick={() => setDoing("nothing")}>
              {words.cancel}
            </button>
          </div>
        </form>
      )}
      {doing === "leaving" && (
        <fieldset class="bare provider-leaving">
          <legend class="unseen">{words.disconnectOf(title)}</legend>
          <p class="small">{words.reallyDisconnect}</p>
          <div class="provider-doors">
            <button type="button" class="button" onClick={() => void disconnect()}>
              {words.disconnect}
            </button>
            <button
              ref={(one) => one?.focus()}
              type="button"
              class="button quiet"
              onClick={() => setDoing("nothing")}
            >
              {words.stay}
            </button>
          </div>
        </fieldset>
      )}
      <div role="status">
        {busy && <p class="soft small">{words.trying}</p>}
        {notKept && <p class="small">{words.notKept}</p>}
        {checks && <Checks checks={checks} />}
      </div>
      {trouble !== null && <Trouble cause={trouble} failed={words.failed} />}
    </section>
  );

  function doors() {
    const open = () => {
      setChecks(null);
      setDoing("filling in");
    };
    if (state === "off")
      return (
        <button type="button" class="button" aria-label={words.connectTo(title)} onClick={open}>
          {words.connect}
        </button>
      );
    return (
      <div class="provider-doors">
        <button
          type="button"
          class="button"
          aria-label={words.testOf(title)}
          disabled={busy}
          onClick={() => void test()}
        >
          {words.test}
        </button>
        {!provider.named_in_file && (
          <>
            {provider.asks.length > 0 && (
              <button
                type="button"
                class="button quiet"
                aria-label={words.changeOf(title)}
                onClick={open}
              >
                {words.change}
              </button>
            )}
            <button
              type="button"
              class="button quiet"
              aria-label={words.disconnectOf(title)}
              onClick={() => setDoing("leaving")}
            >
              {words.disconnect}
            </button>
          </>
        )}
      </div>
    );
  }
}

/** How it goes, in words; never by colour alone. */
function State({ provider }: { provider: Provider }) {
  const { state, named_in_file, library, player, tracks } = provider;
  const told = [
    words[state],
    named_in_file && words.inFile,
    state === "on" && library && words.tracks(tracks),
    state === "on" && player && words.plays,
  ].filter(Boolean);
  return <p class="soft small">{told.join(" · ")}</p>;
}

function Field({ asked, provider }: { asked: Asked; provider: Provider }) {
  const id = useId();
  const kept = provider.kept.includes(asked.name);
  const help = [heard(asked.help), kept ? words.kept : asked.needed ? "" : words.optional];
  const told = help.filter(Boolean).join(" · ");
  return (
    <div class="provider-field">
      <label for={id}>{heard(asked.label)}</label>
      <input
        id={id}
        class="field"
        name={asked.name}
        type={asked.secret ? "password" : "text"}
        autocomplete="off"
        spellcheck={false}
        required={asked.needed && !kept}
        defaultValue={asked.secret ? "" : (provider.settings[asked.name] ?? asked.default)}
        aria-describedby={told ? `${id}-help` : undefined}
      />
      {told && (
        <p id={`${id}-help`} class="soft small">
          {told}
        </p>
      )}
    </div>
  );
}

/** What was tried: what works, and what to do about what does not. */
function Checks({ checks }: { checks: Check[] }) {
  const how = (one: Check) =>
    one.works === null ? words.notOffered : one.works ? words.works : words.worksNot;
  return (
    <ul class="provider-checks small">
      {checks.map((one) => (
        <li key={one.name} data-works={String(one.works)}>
          <span class="provider-check-mark" aria-hidden="true">
            {one.works === null ? "–" : one.works ? "✓" : "✗"}
          </span>
          <p>
            <span class="unseen">{`${heard(one.name)} ${how(one)}: `}</span>
            <Told trouble={{ problem: one.says, remedy: one.remedy }} />
          </p>
        </li>
      ))}
    </ul>
  );
}
