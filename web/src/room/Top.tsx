/** The top of the room: its name, the ways to what is seldom needed, and the lamp. */
import type { Signal } from "@preact/signals";
import type { Camera } from "@/features/sensing/camera";
import { Lamp } from "@/features/sensing/Lamp";
import { ViewsDoor } from "@/features/views/Views";
import { texts } from "@/texts";
import { Icon } from "@/ui/Icon";
import type { Over } from "./over";

export interface TopProps {
  camera: Camera;
  over: Signal<Over>;
}

export function Top({ camera, over }: TopProps) {
  const open = (sheet: Over) => () => {
    over.value = sheet;
  };
  return (
    <header class="top" data-sensing={camera.state.value !== "off"}>
      <p class="wordmark">{texts.name}</p>
      <nav aria-label={texts.settings.open}>
        <TopButton name="library" label={texts.library.open} onClick={open("library")} />
        <ViewsDoor />
        <TopButton
          name="keys"
          label={texts.keys.open}
          class="for-keyboards"
          onClick={open("keys")}
        />
        <TopButton name="settings" label={texts.settings.open} onClick={open("settings")} />
        <Lamp camera={camera} onOpen={open("sensing")} />
      </nav>
    </header>
  );
}

interface TopButtonProps {
  name: "library" | "keys" | "settings";
  label: string;
  class?: string;
  onClick(): void;
}

function TopButton({ name, label, class: extra = "", onClick }: TopButtonProps) {
  return (
    <button
      type="button"
      class={`button quiet round ${extra}`}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name={name} size={22} />
    </button>
  );
}
