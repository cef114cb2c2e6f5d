/** What the other views ask of the server: the history, five songs, popularity, song lists. */
import createClient from "openapi-fetch";
import { told } from "./client";
import type { components, paths } from "./schema";
import type { Mood4, Point, Tracks } from "./types";

type Shapes = components["schemas"];

export type PastSession = Shapes["PastSession"];
export type PastSessions = Shapes["PastSessions"];
export type PastAccount = Shapes["PastAccount"];
export type PastMood = Shapes["PastMood"];
export type PastTrack = Shapes["PastTrack"];
export type HistoryRecap = Shapes["HistoryRecap"];
export type Ranking = Shapes["Ranking"];
export type RankedTrack = Shapes["RankedTrack"];
export type PopularSongs = Shapes["PopularSongs"];
export type SongList = Shapes["SongList"];
export type ListedSong = Shapes["ListedSong"];
export type EditSong = Shapes["EditSong"];
export type SongName = Shapes["SongName"];
export type TakenSongs = Shapes["TakenSongs"];

export type ViewsApi = ReturnType<typeof createViewsApi>;

export function createViewsApi(fetching?: (request: Request) => Promise<Response>) {
  const server = createClient<paths>({
    baseUrl: location.origin,
    ...(fetching ? { fetch: fetching } : {}),
  });
  const at = (id: string) => ({ params: { path: { id } } });
  const of = (emotion: string) => ({ params: { path: { emotion } } });

  return {
    history: (offset: number, limit: number) =>
      told<PastSessions>(server.GET("/api/history", { params: { query: { offset, limit } } })),
    past: (id: string) => told<PastAccount>(server.GET("/api/history/{id}", at(id))),
    recap: (since: string, until: string) =>
      told<HistoryRecap>(server.GET("/api/history/recap", { params: { query: { since, until } } })),
    checkIn: (id: string, moment: "before" | "after", { valence, arousal }: Point) =>
      told<PastSession>(
        server.POST("/api/history/{id}/check-in", {
          ...at(id),
          body: { moment, valence, arousal },
        }),
      ),
    deletePast: (id: string) => told<undefined>(server.DELETE("/api/history/{id}", at(id))),
    deleteHistory: () => told<{ sessions: number }>(server.DELETE("/api/history")),
    endSession: (id: string, position_s: number) =>
      told<undefined>(
        server.DELETE("/api/sessions/{id}", {
          params: { ...at(id).params, query: { position_s } },
        }),
      ),

    five: (mood: Mood4) =>
      told<Tracks>(server.GET("/api/library/five", { params: { query: { mood } } })),
    ranked: (id: string, limit: number) =>
      told<Ranking>(
        server.GET("/api/library/five/{id}", { params: { path: { id }, query: { limit } } }),
      ),
    popular: (mood: Mood4 | null, offset: number, limit: number) =>
      told<PopularSongs>(
        server.GET("/api/library/popular", {
          params: { query: { offset, limit, ...(mood ? { mood } : {}) } },
        }),
      ),

    songList: (emotion: string) => told<SongList>(server.GET("/api/lists/{emotion}", of(emotion))),
    editSong: (emotion: string, body: EditSong) =>
      told<SongList>(server.POST("/api/lists/{emotion}/songs", { ...of(emotion), body })),
    removeSong: (emotion: string, { title, artist }: SongName) =>
      told<SongList>(
        server.POST("/api/lists/{emotion}/remove", { ...of(emotion), body: { title, artist } }),
      ),
    moveSong: (emotion: string, { title, artist }: SongName, to: number) =>
      told<SongList>(
        server.POST("/api/lists/{emotion}/move", { ...of(emotion), body: { title, artist, to } }),
      ),
    resetList: (emotion: string) =>
      told<SongList>(server.DELETE("/api/lists/{emotion}", of(emotion))),
    importList: (file: File, emotion: string, exactly: boolean) =>
      told<TakenSongs>(
        server.POST("/api/lists/import", {
          params: { query: { name: file.name, emotion, exactly } },
          body: file as unknown as string,
          bodySerializer: (bytes) => bytes,
          headers: { "content-type": "application/octet-stream" },
        }),
      ),
  };
}
