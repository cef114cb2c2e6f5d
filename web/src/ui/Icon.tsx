/** The page's few pictures of things: 24 px, drawn with the colour of the text. */
const PATHS = {
  play: "M8 5.2v13.6a.8.8 0 0 0 1.22.68l10.9-6.8a.8.8 0 0 0 0-1.36l-10.9-6.8A.8.8 0 0 0 8 5.2Z",
  pause: "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z",
  next: "M6 5.8v12.4a.8.8 0 0 0 1.24.67L16 13v5.5h2.2v-13H16V11L7.24 5.13A.8.8 0 0 0 6 5.8Z",
  previous:
    "M18.2 5.8v12.4a.8.8 0 0 1-1.24.67L8.2 13v5.5H6v-13h2.2V11l8.76-5.87a.8.8 0 0 1 1.24.67Z",
  moon: "M19.5 14.2A7.8 7.8 0 0 1 9.8 4.5a7.8 7.8 0 1 0 9.7 9.7Z",
  grip: "M9.5 7h.01M14.5 7h.01M9.5 12h.01M14.5 12h.01M9.5 17h.01M14.5 17h.01",
  heart:
    "M12 20.2 4.6 12.9a4.9 4.9 0 0 1 0-7 5 5 0 0 1 7 0l.4.4.4-.4a5 5 0 0 1 7 0 4.9 4.9 0 0 1 0 7Z",
  later: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 8v4.4l2.8 1.8",
  photo: "M5 5h14v14H5zM5 16l4.2-4.2 3.3 3.3 2-2L19 17M15.2 9.2h.01",
  camera: "M4 8h3.2l1.4-2.2h6.8L16.8 8H20v11H4zM12 16.4a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Z",
  settings:
    "M5 8h8M17 8h2M5 16h2M11 16h8M15 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM9 18.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z",
  library: "M5 5v14M9 5v14M13 5.5l5 13",
  keys: "M9.2 9.2a2.9 2.9 0 1 1 4.4 2.5c-1 .6-1.6 1.2-1.6 2.3M12 17.4h.01",
  close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  note: "M9 17.5V6.2l9-1.7v11.3M9 17.5a2.4 2.4 0 1 1-2.4-2.2A2.3 2.3 0 0 1 9 17.5ZM18 15.8a2.4 2.4 0 1 1-2.4-2.2 2.3 2.3 0 0 1 2.4 2.2Z",
  volume: "M5 9.5v5h3l4 3.5V6L8 9.5ZM15.5 9.2a4 4 0 0 1 0 5.6M18 7a7.2 7.2 0 0 1 0 10",
  plus: "M12 6v12M6 12h12",
  minus: "M6 12h12",
  back: "M14 6l-6 6 6 6",
  way: "M5 18.5c0-5 4-4.5 7-6.5s1-7 7-7M5 20.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM19 6.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z",
  menu: "M5 7.5h14M5 12h14M5 16.5h14",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  pin: "M9 4.5h6l-.8 6.2 2.8 2.8H7l2.8-2.8ZM12 13.5v6",
  search: "M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM15.5 15.5 19.5 19.5",
} as const;

/** What points along the line of reading. */
const MIRRORS = new Set(["back"]);
const SOLID = new Set(["play", "pause", "next", "previous"]);

export interface IconProps {
  name: keyof typeof PATHS;
  size?: number;
  filled?: boolean;
}

export function Icon({ name, size = 24, filled = false }: IconProps) {
  const solid = SOLID.has(name);
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      class={MIRRORS.has(name) ? "mirrors" : undefined}
      aria-hidden="true"
      focusable="false"
    >
      <path
        d={PATHS[name]}
        fill={solid || filled ? "currentColor" : "none"}
        stroke={solid ? "none" : "currentColor"}
        stroke-width="1.7"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
