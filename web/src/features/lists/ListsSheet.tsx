/** The seven song lists: each change is kept at once, and what is typed is never lost. */
import { useCallback, useState } from "preact/hooks";
import {
  createViewsApi,
  type EditSong,
  type ListedSong,
  type SongList,
  type ViewsApi,
} from "@/api/views";
import { useFetched } from "@/ui/fetched";
import { Sheet } from "@/ui/Sheet";
import { Trouble } from "@/ui/Trouble";
import { type Draft, EMPTY, keepDraft, readDraft } from "./draft";
import { Files } from "./Files";
import { words } from "./listsWords";
import { SongForm } from "./SongForm";
import "@/ui/views.css";
import "./lists.css";

const EMOTIONS = ["happy", "sad", "angry", "fear", "surprise", "disgust", "neutral"] as const;
type Emotion = (typeof EMOTIONS)[number];

export function ListsSheet({ api: given, onClose }: { api?: ViewsApi; onClose(): void }) {
  const [api] = useState(() => given ?? createViewsApi());
  const [emotion, setEmotion] = useState<Emotion>("happy");
  return (
    <Sheet title={words.title} onClose={onClose} class="view lists">
      <div class="sheet-body">
        <p>{words.lead}</p>
        <label class="song-field">
          {words.which}
          <select
            class="field"
            value={emotion}
            onChange={(event) => setEmotion(event.currentTarget.value as Emotion)}
          >
            {EMOTIONS.map((one) => (
              <option key={one} value={one}>
                {words.emotions[one]}
              </option>
            ))}
          </select>
        </label>
        <List key={emotion} api={api} emotion={emotion} />
      </div>
    </Sheet>
  );
}

function List({ api, emotion }: { api: ViewsApi; emotion: Emotion }) {
  const ask = useCallback(() => api.songList(emotion), [api, emotion]);
  const { value: list, trouble, again, put } = useFetched(ask);
  const [kept] = useState(() => readDraft(emotion));
  const [draft, setDraft] = useState(kept);
  const [notKept, setNotKept] = useState<unknown>(null);
  const [said, setSaid] = useState("");
  const [gone, setGone] = useState<{ song: ListedSong; at: number } | null>(null);
  const [busy, setBusy] = useState(false);

  function type(next: Draft | null) {
    setDraft(next);
    keepDraft(emotion, next);
  }

  /** Change the list; what did not succeed is said, and nothing that was typed goes. */
  async function change(act: () => Promise<SongList>, done: (list: SongList) => string) {
    setBusy(true);
    setNotKept(null);
    setGone(null);
    try {
      const now = await act();
      put(now);
      setSaid(done(now));
      return true;
    } catch (cause) {
      setNotKept(cause);
      return false;
    } finally {
      setBusy(false);
    }
  }

  async function save() {
    if (!draft) return;
    const { of } = draft;
    const song = list?.songs.find((one) => one.title === of?.title && one.artist === of.artist);
    const saved = await change(
      () => api.editSong(emotion, edit(draft, song)),
      () => words.kept(draft.title),
    );
    if (saved) type(null);
  }

  async function remove(song: ListedSong, at: number) {
    const done = await change(
      () => api.removeSong(emotion, song),
      () => words.removed(song.title),
    );
    if (done) setGone({ song, at });
  }

  const putBack = ({ song, at }: { song: ListedSong; at: number }) =>
    change(
      async () => {
        await api.editSong(emotion, edit({ ...draftOf(song), of: null }, song));
        return api.moveSong(emotion, song, at);
      },
      () => words.kept(song.title),
    );

  if (trouble !== null) return <Trouble cause={trouble} failed={words.failed} onAgain={again} />;
  if (!list)
    return (
      <>
        <p class="soft">{words.waiting}</p>
        {["a", "b", "c"].map((line) => (
          <span key={line} class="skeleton view-line" />
        ))}
      </>
    );
  const { songs } = list;
  return (
    <>
      <div class="list-said">
        <p>{list.edited ? words.countEdited(songs.length) : words.count(songs.length)}</p>
        <p role="status">{said}</p>
        {gone && (
          <button type="button" class="button" onClick={() => void putBack(gone)}>
            {words.putBack}
          </button>
        )}
      </div>
      {notKept !== null && <Trouble cause={notKept} failed={words.notKept} />}
      {draft ? (
        <SongForm
          draft={draft}
          restored={draft === kept}
          busy={busy}
          onType={type}
          onSave={() => void save()}
          onCancel={() => type(null)}
        />
      ) : (
        <div>
          <button type="button" class="button" onClick={() => type(EMPTY)}>
            {words.add}
          </button>
        </div>
      )}
      {songs.length === 0 && <p>{words.empty}</p>}
      <ol class="view-rows">
        {songs.map((song, at) => (
          <Song
            key={`${song.title} ${song.artist}`}
            song={song}
            service={list.service}
            first={at === 0}
            last={at === songs.length - 1}
            onEdit={() => type(draftOf(song))}
            onRemove={() => void remove(song, at)}
            onMove={(to) =>
              void change(
                () => api.moveSong(emotion, song, at + to),
                () => words.moved(song.title, at + to + 1),
              )
            }
          />
        ))}
      </ol>
      <Files
        emotion={emotion}
        edited={list.edited}
        onImport={async (file, exactly) => {
          const taken = await api.importList(file, emotion, exactly);
          setGone(null);
          setNotKept(null);
          again();
          return words.imported(taken.added, taken.changed, taken.removed);
        }}
        onReset={() =>
          void change(
            () => api.resetList(emotion),
            () => words.wasReset,
          )
        }
      />
    </>
  );
}

interface SongProps {
  song: ListedSong;
  service: string;
  first: boolean;
  last: boolean;
  onEdit(): void;
  onRemove(): void;
  onMove(by: 1 | -1): void;
}

function Song({ song, service, first, last, onEdit, onRemove, onMove }: SongProps) {
  const { title } = song;
  const marks = [
    song.year,
    song.edited && words.yours,
    song.owned && words.owned,
    song.explicit && words.explicit,
  ].filter(Boolean);
  return (
    <li class="list-song">
      <span class="view-words">
        <span>
          {title} <span class="soft">{song.artist}</span>
        </span>
        {song.because && <span class="small">{song.because}</span>}
        {marks.length > 0 && <span class="soft small">{marks.join(" · ")}</span>}
      </span>
      <span class="list-acts">
        <button
          type="button"
          class="button quiet"
          aria-label={words.editOf(title)}
          onClick={onEdit}
        >
          {words.edit}
        </button>
        <button
          type="button"
          class="button quiet"
          aria-label={words.upOf(title)}
          disabled={first}
          onClick={() => onMove(-1)}
        >
          {words.up}
        </button>
        <button
          type="button"
          class="button quiet"
          aria-label={words.downOf(title)}
          disabled={last}
          onClick={() => onMove(1)}
        >
          {words.down}
        </button>
        <button
          type="button"
          class="button quiet"
          aria-label={words.removeOf(title)}
          onClick={onRemove}
        >
          {words.remove}
        </button>
        <a
          class="button quiet"
          href={song.link}
          target="_blank"
          rel="noreferrer"
          aria-label={words.open(title, service)}
        >
          {words.openShort}
        </a>
      </span>
    </li>
  );
}

const draftOf = (song: ListedSong): Draft => ({
  of: { title: song.title, artist: song.artist },
  title: song.title,
  artist: song.artist,
  year: song.year === null ? "" : String(song.year),
  because: song.because,
  explicit: song.explicit,
});

/** The draft as the server takes it; what the form does not ask stays as ``song`` has it. */
function edit(draft: Draft, song?: ListedSong): EditSong {
  return {
    title: draft.title.trim(),
    artist: draft.artist.trim(),
    year: draft.year ? Number(draft.year) : null,
    because: draft.because.trim(),
    explicit: draft.explicit,
    language: song?.language ?? "",
    region: song?.region ?? "",
    valence: song?.valence ?? null,
    arousal: song?.arousal ?? null,
    instead_of: draft.of,
  };
}
