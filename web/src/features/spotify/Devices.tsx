/** The devices that are awake, one of them to be chosen. */
import { useEffect, useState } from "preact/hooks";
import type { SpotifyApi, SpotifyDevice } from "@/api/spotify";
import { useFetched } from "@/ui/fetched";
import { Trouble } from "@/ui/Trouble";
import { words } from "./spotifyWords";

export function Devices({ api, acts }: { api: SpotifyApi; acts: number }) {
  const { value: told, trouble, again, put } = useFetched(api.devices);
  const [refused, setRefused] = useState<unknown>(null);
  useEffect(() => {
    if (acts > 0) again();
  }, [acts, again]);

  const choose = (device: SpotifyDevice) => {
    setRefused(null);
    api.choose(device.id).then(put, setRefused);
  };

  return (
    <section>
      <fieldset class="bare spotify-devices">
        <legend>
          <h3>{words.devices}</h3>
        </legend>
        {trouble !== null && <Trouble cause={trouble} failed={words.failed} />}
        {refused !== null && <Trouble cause={refused} failed={words.failed} />}
        {told?.devices.length === 0 && <p>{words.noDevices}</p>}
        {told?.devices.map((one) => (
          <label key={one.id} class="switch">
            <input
              type="radio"
              name="spotify-device"
              checked={one.chosen || (one.active && !told.devices.some((other) => other.chosen))}
              disabled={!one.usable}
              onChange={() => choose(one)}
            />
            <span>
              {one.name}{" "}
              <span class="soft small">
                {one.usable ? one.active && words.active : words.unusable}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="row-of-buttons">
        <button type="button" class="button" onClick={again}>
          {words.look}
        </button>
      </div>
    </section>
  );
}
