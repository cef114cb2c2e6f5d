/** What the page asks of the server about Spotify. */
import createClient from "openapi-fetch";
import { told } from "./client";
import type { components, paths } from "./schema";

type Shapes = components["schemas"];

export type SpotifyState = Shapes["SpotifyState"];
export type SpotifyDevice = Shapes["SpotifyDevice"];
export type SpotifyPlaying = Shapes["SpotifyPlaying"];
export type SpotifyPlayed = Shapes["SpotifyPlayed"];
export type SpotifyPreset = Shapes["SpotifyPreset"];
export type SpotifySong = Shapes["SpotifySong"];
export type SpotifyList = Shapes["SpotifyList"];
export type SpotifyPlaylist = Shapes["SpotifyPlaylist"];
export type SpotifyAct = Shapes["SpotifyAct"];
export type SpotifyMood = NonNullable<Shapes["SpotifyPlay"]["mood"]>;
export type PlaylistOf = Shapes["KeepSpotifyPlaylist"]["of"];

export type SpotifyApi = ReturnType<typeof createSpotifyApi>;

export function createSpotifyApi(fetching?: (request: Request) => Promise<Response>) {
  const server = createClient<paths>({
    baseUrl: location.origin,
    ...(fetching ? { fetch: fetching } : {}),
  });

  return {
    state: () => told<SpotifyState>(server.GET("/api/spotify")),
    connect: (client_id: string) =>
      told<{ url: string }>(server.POST("/api/spotify/connect", { body: { client_id } })),
    disconnect: () => told<undefined>(server.DELETE("/api/spotify")),
    devices: () => told<{ devices: SpotifyDevice[] }>(server.GET("/api/spotify/devices")),
    choose: (device: string) =>
      told<{ devices: SpotifyDevice[] }>(server.PUT("/api/spotify/device", { body: { device } })),
    /** What fits a mood; null: where the session leads. */
    play: (mood: SpotifyMood | null) =>
      told<SpotifyPlayed>(server.POST("/api/spotify/play", { body: { mood } })),
    playSong: (uri: string) =>
      told<SpotifyPlayed>(server.POST("/api/spotify/play", { body: { uri } })),
    playing: () => told<SpotifyPlaying>(server.GET("/api/spotify/playing")),
    steer: (act: Pick<SpotifyAct, "do"> & Partial<SpotifyAct>) =>
      told<undefined>(
        server.POST("/api/spotify/transport", { body: { position_s: 0, volume: 1, ...act } }),
      ),
    queue: (uri: string) => told<undefined>(server.POST("/api/spotify/queue", { body: { uri } })),
    saved: (offset: number) =>
      told<{ songs: SpotifySong[]; more: boolean }>(
        server.GET("/api/spotify/saved", { params: { query: { offset } } }),
      ),
    presets: () => told<{ presets: SpotifyPreset[] }>(server.GET("/api/spotify/presets")),
    setPresets: (words: Partial<Record<SpotifyMood, string>>) =>
      told<{ presets: SpotifyPreset[] }>(
        server.PUT("/api/spotify/presets", { body: { words: words as Record<string, string> } }),
      ),
    keep: (of: PlaylistOf, name: string) =>
      told<SpotifyPlaylist>(server.POST("/api/spotify/playlist", { body: { of, name } })),
  };
}
