/** What the page asks of the server about where music lives and where it sounds. */
import createClient from "openapi-fetch";
import { told } from "./client";
import type { components, paths } from "./schema";

type Shapes = components["schemas"];

export type Asked = Shapes["Asked"];
export type Check = Shapes["Check"];
export type Checks = Shapes["Checks"];
export type Looked = Shapes["Looked"];
export type Provider = Shapes["Provider"];
export type Providers = Shapes["Providers"];
export type SoundIn = Shapes["SoundIn"];
export type Sounds = Shapes["Sounds"];
export type Steer = Partial<Shapes["Steer"]>;

export type ProvidersApi = ReturnType<typeof createProvidersApi>;

export function createProvidersApi(fetching?: (request: Request) => Promise<Response>) {
  const server = createClient<paths>({
    baseUrl: location.origin,
    ...(fetching ? { fetch: fetching } : {}),
  });
  const of = (name: string) => ({ params: { path: { name } } });

  return {
    providers: () => told<Providers>(server.GET("/api/providers")),
    connect: (name: string, settings: Record<string, string>, anyway: boolean) =>
      told<Checks>(
        server.POST("/api/providers/{name}/connect", { ...of(name), body: { settings, anyway } }),
      ),
    test: (name: string, settings: Record<string, string> | null) =>
      told<Checks>(server.POST("/api/providers/{name}/test", { ...of(name), body: { settings } })),
    look: () => told<Looked>(server.POST("/api/providers/look")),
    disconnect: (name: string) => told<undefined>(server.DELETE("/api/providers/{name}", of(name))),
    sounds: () => told<Sounds>(server.GET("/api/sounds")),
    soundIn: (wish: SoundIn) => told<Sounds>(server.PUT("/api/sounds", { body: wish })),
    steer: (wish: Steer) => told<Sounds>(server.PATCH("/api/sounds", { body: wish })),
  };
}
