/** What the page asks of the server about music going out: files, ListenBrainz, YouTube. */
import createClient from "openapi-fetch";
import { told } from "./client";
import type { components, paths } from "./schema";

type Shapes = components["schemas"];

export type ListenBrainz = Shapes["ListenBrainz"];
export type KeptPlaylist = Shapes["KeptPlaylist"];
export type PlaylistPlace = Shapes["PlaylistPlace"];
export type YouTubePlaylist = Shapes["YouTubePlaylist"];
export type YouTubeState = Shapes["YouTubeState"];
export type Form = "m3u8" | "xspf" | "jspf";
export type Paths = "absolute" | "relative";

export interface SavedFile {
  name: string;
  data: Blob;
}

export type OutgoingApi = ReturnType<typeof createOutgoingApi>;

export function createOutgoingApi(fetching?: (request: Request) => Promise<Response>) {
  const server = createClient<paths>({
    baseUrl: location.origin,
    ...(fetching ? { fetch: fetching } : {}),
  });

  return {
    saveQueue: async (form: Form, from: Paths): Promise<SavedFile> => {
      const asking = server.GET("/api/playlists/queue", {
        params: { query: { as: form, paths: from } },
        parseAs: "blob",
      });
      const data = await told<Blob>(asking);
      return { data, name: nameIn((await asking).response.headers) ?? `playlist.${form}` };
    },
    playlistPlaces: () => told<Shapes["PlaylistPlaces"]>(server.GET("/api/playlists/places")),
    keepPlaylist: (provider: string, name: string) =>
      told<KeptPlaylist>(
        server.POST("/api/playlists/kept", { body: { provider, name, replace: false } }),
      ),
    listenBrainz: () => told<ListenBrainz>(server.GET("/api/listenbrainz")),
    connectListenBrainz: (token: string, version: string) =>
      told<ListenBrainz>(server.PUT("/api/listenbrainz", { body: { token, version } })),
    disconnectListenBrainz: () => told<undefined>(server.DELETE("/api/listenbrainz")),
    youTube: () => told<YouTubeState>(server.GET("/api/youtube")),
    connectYouTube: (client_id: string, client_secret: string) =>
      told<Shapes["YouTubeSignIn"]>(
        server.POST("/api/youtube/connect", { body: { client_id, client_secret } }),
      ),
    disconnectYouTube: () => told<undefined>(server.DELETE("/api/youtube")),
    makeYouTubePlaylist: () =>
      told<YouTubePlaylist>(server.POST("/api/youtube/playlists", { body: { of: "queue" } })),
  };
}

/** The file name that an answer gives its file, in all its letters. */
function nameIn(headers: Headers): string | null {
  const said = /filename\*=UTF-8''([^;]+)/i.exec(headers.get("content-disposition") ?? "");
  return said?.[1] ? decodeURIComponent(said[1]) : null;
}
