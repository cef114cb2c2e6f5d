/** What the page asks of the server, and the two ways an asking can fail. */
import createClient from "openapi-fetch";
import { heard } from "@/languages/heard";
import { texts } from "@/texts";
import type { paths } from "./schema";
import type {
  Answer,
  Consent,
  Curve,
  FailedFiles,
  Felt,
  House,
  Imported,
  Learned,
  LibraryMap,
  PictureReading,
  Point,
  Preferences,
  Scan,
  Sensor,
  Session,
  Tracks,
  Wish,
} from "./types";

/** The server answered no: what is wrong and what to do, both whole sentences. */
export class Refusal extends Error {
  readonly #problem: string;
  readonly #remedy: string;

  constructor(
    problem: string,
    remedy: string,
    readonly status: number,
  ) {
    super(`${problem} ${remedy}`);
    this.#problem = problem;
    this.#remedy = remedy;
  }

  get problem(): string {
    return heard(this.#problem);
  }

  get remedy(): string {
    return heard(this.#remedy);
  }
}

/** Nobody answered: the server is stopped or unreachable. */
export class Away extends Error {}

export type Api = ReturnType<typeof createApi>;

interface Answered {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** The answer as the generated shape; the fetcher itself forgets how long tuples are. */
export async function told<T>(asking: Promise<Answered>): Promise<T> {
  let answered: Answered;
  try {
    answered = await asking;
  } catch (cause) {
    throw new Away("The server does not answer.", { cause });
  }
  if (answered.response.ok) return answered.data as T;
  const { problem, remedy } = (answered.error ?? {}) as { problem?: string; remedy?: string };
  throw new Refusal(
    problem ?? texts.house.couldNot,
    remedy ?? texts.house.couldNotRemedy,
    answered.response.status,
  );
}

export function createApi(fetching?: (request: Request) => Promise<Response>) {
  const server = createClient<paths>({
    baseUrl: location.origin,
    ...(fetching ? { fetch: fetching } : {}),
  });
  const at = (id: string) => ({ params: { path: { id } } });

  return {
    house: () => told<House>(server.GET("/api/house")),
    consents: () => told<Consent[]>(server.GET("/api/consents")),
    setConsent: (sensor: Sensor, version: string, given: boolean) =>
      told<Consent[]>(server.PUT("/api/consents", { body: { sensor, version, given } })),
    read: (picture: Blob) =>
      told<PictureReading>(
        server.POST("/api/read", {
          body: picture as unknown as string, // OpenAPI's word for bytes is "string"
          bodySerializer: (bytes) => bytes,
          headers: { "content-type": picture.type || "application/octet-stream" },
        }),
      ),
    start: (wish: Wish, place?: Point) =>
      told<Session>(
        server.POST("/api/sessions", {
          body: {
            lifted: false,
            ...wish,
            valence: place?.valence ?? null,
            arousal: place?.arousal ?? null,
          },
        }),
      ),
    current: () => told<Session | null>(server.GET("/api/sessions/current")),
    aim: (id: string, wish: Wish) =>
      told<Session>(
        server.PATCH("/api/sessions/{id}", { ...at(id), body: { lifted: false, ...wish } }),
      ),
    touch: (id: string, { valence, arousal }: Point) =>
      told<Session>(
        server.POST("/api/sessions/{id}/touch", { ...at(id), body: { valence, arousal } }),
      ),
    feel: (id: string, { valence, arousal, covariance, confidence, probabilities }: Felt) =>
      told<Session>(
        server.POST("/api/sessions/{id}/readings", {
          ...at(id),
          body: {
            valence,
            arousal,
            covariance: [...covariance],
            confidence,
            probabilities,
            source: "face",
          },
        }),
      ),
    correct: (id: string) => told<Session>(server.POST("/api/sessions/{id}/correction", at(id))),
    next: (
      id: string,
      answer: "finished" | "skipped",
      position_s: number,
      playing: string | null,
    ) =>
      told<Session>(
        server.POST("/api/sessions/{id}/next", {
          ...at(id),
          body: { answer, position_s, playing },
        }),
      ),
    answer: (
      id: string,
      answer: Answer,
      uri: string,
      position_s: number,
      of: "track" | "artist" = "track",
    ) =>
      told<Session>(
        server.POST("/api/sessions/{id}/answer", {
          ...at(id),
          body: { answer, uri, position_s, of },
        }),
      ),
    pin: (id: string, uri: string, pinned: boolean) =>
      told<Session>(server.POST("/api/sessions/{id}/pin", { ...at(id), body: { uri, pinned } })),
    remove: (id: string, uri: string) =>
      told<Session>(server.POST("/api/sessions/{id}/remove", { ...at(id), body: { uri } })),
    move: (id: string, uri: string, to: number) =>
      told<Session>(server.POST("/api/sessions/{id}/move", { ...at(id), body: { uri, to } })),
    undo: (id: string) => told<Session>(server.POST("/api/sessions/{id}/undo", at(id))),
    play: (id: string, uri: string) =>
      told<Session>(server.POST("/api/sessions/{id}/play", { ...at(id), body: { uri } })),
    tracks: (q: string, offset: number, limit: number) =>
      told<Tracks>(server.GET("/api/tracks", { params: { query: { q, offset, limit } } })),
    near: ({ valence, arousal }: Point, limit: number) =>
      told<Tracks>(
        server.GET("/api/library/near", { params: { query: { valence, arousal, limit } } }),
      ),
    like: (id: string, limit: number) =>
      told<Tracks>(
        server.GET("/api/tracks/{id}/like", { params: { path: { id }, query: { limit } } }),
      ),
    learned: () => told<Learned>(server.GET("/api/me/learned")),
    forget: () => told<undefined>(server.DELETE("/api/me/learned")),
    prefer: (body: Preferences) => told<Preferences>(server.PUT("/api/me/preferences", { body })),
    setNever: (of: "track" | "artist", name: string, never: boolean) =>
      told<undefined>(server.PUT("/api/me/never", { body: { of, name, never } })),
    importHistory: (file: Blob) =>
      told<Imported>(
        server.POST("/api/me/history", {
          body: file as unknown as string,
          bodySerializer: (bytes) => bytes,
          headers: { "content-type": "application/octet-stream" },
        }),
      ),
    curve: (id: string) => told<Curve>(server.GET("/api/tracks/{id}/curve", at(id))),
    libraryMap: () => told<LibraryMap>(server.GET("/api/library/map")),
    scan: () => told<Scan>(server.GET("/api/library/scan")),
    startScan: () => told<Scan>(server.POST("/api/library/scan")),
    stopScan: () => told<Scan>(server.DELETE("/api/library/scan")),
    failed: (offset: number, limit: number) =>
      told<FailedFiles>(
        server.GET("/api/library/failed", { params: { query: { offset, limit } } }),
      ),
  };
}
