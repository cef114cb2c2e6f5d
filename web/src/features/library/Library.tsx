/** Everything there is to play: as a map and as a list, and how to add more. */
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Refusal } from "@/api/client";
import type { Point } from "@/api/types";
import type { Listening } from "@/listening";
import { texts } from "@/texts";
import { Icon } from "@/ui/Icon";
import { Sheet } from "@/ui/Sheet";
import { createAtlas } from "./atlas";
import { FailedFiles } from "./FailedFiles";
import { type Chosen, LibraryMap } from "./LibraryMap";
import { words as said } from "./libraryWords";
import { createShelf } from "./pages";
import { ScanFoot, ScanPanel } from "./ScanPanel";
import { createScanning } from "./scan";
import { TrackDetail } from "./TrackDetail";
import { TrackList, TrackRow } from "./TrackRow";
import { VirtualList } from "./VirtualList";
import "./library.css";

const { library } = texts;
const ROW_PX = 68;
const TYPING_MS = 120;
const NEAR = 24;

/** What stands beside the map. */
type Beside =
  | { kind: "list" }
  | { kind: "near"; place: Point; tracks: Chosen[] | null }
  | { kind: "track"; chosen: Chosen }
  | { kind: "scan" }
  | { kind: "failed" };

export function Library({ listening, onClose }: { listening: Listening; onClose(): void }) {
  const { api } = listening;
  const shelf = useMemo(() => createShelf(api), [api]);
  const atlas = useMemo(() => createAtlas(api), [api]);
  const scanning = useMemo(
    () =>
      createScanning(api, () => {
        void atlas.look();
        shelf.renew();
        if (!listening.house.value?.tracks) void listening.open(); // now there is music
      }),
    [api, atlas, shelf, listening],
  );
  const [words, setWords] = useState("");
  const [trail, setTrail] = useState<Beside[]>([{ kind: "list" }]);
  const beside = trail.at(-1) as Beside;
  const back = useRef<HTMLButtonElement>(null);
  const scrolled = useRef(0); // of the list, while something else stands in its place
  const left = useRef(-1); // the row of it that was opened
  const row = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const wait = setTimeout(() => shelf.look(words.trim()), words ? TYPING_MS : 0);
    return () => clearTimeout(wait);
  }, [shelf, words]);
  useEffect(() => {
    void atlas.look();
    void scanning.look();
    return () => scanning.leave();
  }, [atlas, scanning]);
  const edition = shelf.edition.value;
  useEffect(() => atlas.heard(edition), [atlas, edition]);
  const onSight = useCallback((a: number, b: number) => shelf.sight(a, b), [shelf]);

  const depth = trail.length;
  function go(next: Beside, from = -1) {
    if (depth === 1) left.current = from;
    setTrail((before) => {
      const same = before.at(-1)?.kind === next.kind;
      return [...(same && next.kind === "near" ? before.slice(0, -1) : before), next].slice(-30);
    });
  }
  const goBack = () => setTrail((before) => (before.length > 1 ? before.slice(0, -1) : before));
  // Whoever comes by keys stands at the top of what they opened, and again where they came from.
  useEffect(() => {
    if (document.activeElement?.closest(".atlas")) return;
    (depth > 1 ? back : row).current?.focus();
  }, [depth]);

  const choose = (chosen: Chosen, from?: number) => go({ kind: "track", chosen }, from);
  function ask(place: Point) {
    go({ kind: "near", place, tracks: null });
    api.near(place, NEAR).then(
      ({ tracks, rows }) =>
        setTrail((before) => {
          const last = before.at(-1);
          if (last?.kind !== "near" || last.place !== place) return before;
          const found = tracks.map((track, i) => ({ track, row: rows[i] ?? null }));
          return [...before.slice(0, -1), { ...last, tracks: found }];
        }),
      () => setTrail((before) => before.filter((one) => one.kind !== "near")),
    );
  }

  const total = shelf.total.value;
  const failed = shelf.failed.value;
  shelf.version.value; // drawn again with every page
  const bare = total === 0 && !words.trim();
  const scan = (
    <ScanPanel
      scanning={scanning}
      first={bare}
      command={library.command}
      onFailed={() => go({ kind: "failed" })}
    />
  );

  if (bare && beside.kind !== "failed")
    return (
      <Sheet title={library.title} onClose={onClose} class="library bare-library">
        <div class="sheet-body">
          <p>{library.empty}</p>
          {scan}
          <button type="button" class="button" onClick={() => shelf.look("")}>
            {library.again}
          </button>
        </div>
      </Sheet>
    );

  return (
    <Sheet title={library.title} onClose={onClose} class="library">
      <div class="library-room">
        <div class="library-picture">
          <LibraryMap
            atlas={atlas}
            chosen={beside.kind === "track" ? beside.chosen : null}
            place={beside.kind === "near" ? beside.place : null}
            onTrack={choose}
            onPlace={ask}
          />
          <p class="library-key soft small">{said.map.key}</p>
        </div>
        <div class="library-side">
          {beside.kind === "list" ? (
            <>
              <div class="library-search">
                <input
                  type="search"
                  class="field"
                  aria-label={library.search}
                  placeholder={library.search}
                  value={words}
                  onInput={(event) => {
                    scrolled.current = 0;
                    left.current = -1;
                    setWords(event.currentTarget.value);
                  }}
                />
                <p class="soft small" role="status">
                  {total === null ? library.waiting : library.count(total)}
                </p>
              </div>
              {failed ? (
                <div class="library-scroll">
                  <p>
                    {failed instanceof Refusal ? failed.problem : texts.house.away}{" "}
                    {failed instanceof Refusal ? failed.remedy : ""}
                  </p>
                  <button type="button" class="button" onClick={() => shelf.look(words.trim())}>
                    {texts.again}
                  </button>
                </div>
              ) : total === 0 ? (
                <div class="library-scroll">
                  <p>{library.noMatch(words.trim())}</p>
                  <button type="button" class="button" onClick={() => setWords("")}>
                    {library.clear}
                  </button>
                </div>
              ) : (
                <VirtualList
                  key={words}
                  label={library.title}
                  total={total ?? 8}
                  rowHeight={ROW_PX}
                  onSight={onSight}
                  scrolled={scrolled}
                  row={(i) => (
                    <TrackRow
                      track={shelf.track(i)}
                      hold={i === left.current ? row : null}
                      onChoose={() => {
                        const track = shelf.track(i);
                        if (track) choose({ track, row: shelf.row(i) ?? null }, i);
                      }}
                    />
                  )}
                />
              )}
              <ScanFoot scanning={scanning} onOpen={() => go({ kind: "scan" })} />
            </>
          ) : (
            <>
              <div class="library-back">
                <button ref={back} type="button" class="button quiet" onClick={goBack}>
                  <Icon name="back" size={20} />
                  {trail.length > 2 ? texts.back : said.back}
                </button>
              </div>
              <div class="library-scroll" key={depth}>
                {beside.kind === "track" && (
                  <TrackDetail
                    listening={listening}
                    track={beside.chosen.track}
                    onChoose={choose}
                  />
                )}
                {beside.kind === "near" && <Near near={beside} onChoose={choose} />}
                {beside.kind === "scan" && (
                  <>
                    <h3>{said.scan.title}</h3>
                    {scan}
                  </>
                )}
                {beside.kind === "failed" && (
                  <>
                    <h3>{said.failed.title}</h3>
                    <FailedFiles api={api} />
                  </>
                )}
              </div>
            </>
          )}
        </div>
      </div>
    </Sheet>
  );
}

function Near({
  near: { place, tracks },
  onChoose,
}: {
  near: { place: Point; tracks: Chosen[] | null };
  onChoose(chosen: Chosen): void;
}) {
  return (
    <>
      <h3>{said.nearHere(place.valence, place.arousal)}</h3>
      {tracks === null ? (
        <span class="skeleton library-line" />
      ) : tracks.length === 0 ? (
        <p>{said.nothingNear}</p>
      ) : (
        <TrackList tracks={tracks} onChoose={onChoose} />
      )}
    </>
  );
}
