import { signal } from "@preact/signals";
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import type { Point } from "@/api/types";
import { face, unread } from "@/testing";
import type { Camera, CameraState, Seen } from "./camera";
import type { Photo } from "./photo";
import type { ReadingPlace } from "./place";
import { faceWords, Reading } from "./Reading";

const onAskServer = vi.fn();

function show(
  state: CameraState,
  seen: Partial<Seen> | null,
  muted = false,
  photo: Photo | null = null,
  ownWord: Point | null = null,
  place: ReadingPlace = "device",
) {
  let corrected = 0;
  const camera: Camera = {
    state: signal(state),
    stream: signal(state === "on" ? new MediaStream() : null),
    seen: signal(
      seen && {
        face: null,
        unread: [],
        others: 0,
        problem: null,
        light: "enough",
        width: 640,
        height: 480,
        ms: 9,
        ...seen,
      },
    ),
    trouble: signal(null),
    getting: signal(null),
    start: async () => {},
    stop: () => {},
    hear: () => {},
  };
  render(
    <Reading
      camera={camera}
      place={place}
      photo={photo}
      muted={muted}
      ownWord={ownWord}
      onCorrect={() => {
        corrected += 1;
      }}
      onPutAway={() => {}}
      onAskServer={onAskServer}
      onCard={() => {}}
    />,
  );
  return () => corrected;
}

test("it says what the face looks like and how sure that is", () => {
  expect(faceWords(face())).toBe("Your face looks happy, fairly sure.");
  expect(faceWords(face({ expression: "fear", confidence: 0.4 }))).toBe(
    "Your face looks afraid, not very sure.",
  );
  expect(faceWords(face({ confidence: 0.1 }))).toContain("I am not sure");
});

test("one press corrects it", () => {
  const corrected = show("on", { face: face() });
  fireEvent.click(screen.getByRole("button", { name: "Not how I feel" }));
  expect(corrected()).toBe(1);
});

test("beside the picture it says that the camera is on, and when the server reads it", () => {
  show("on", {});
  expect(screen.getByText("Camera on")).toBeTruthy();
  cleanup();
  show("on", {}, false, null, null, "server");
  expect(screen.getByText("Read by this server")).toBeTruthy();
});

test("nobody, the dark and other people each have their words", () => {
  show("on", {});
  expect(screen.getByText(/I see no face/)).toBeTruthy();
  show("on", { light: "dark" });
  expect(screen.getByText(/too dark here/)).toBeTruthy();
  show("on", { face: face(), others: 2 });
  expect(screen.getByText("I read the largest face only, not the other 2.")).toBeTruthy();
});

test("a face that could not be read is told why and what helps, with its box", () => {
  show("on", { unread: [unread("dark")], others: 1 });
  expect(screen.getByText(/It is too dark to read your face/)).toBeTruthy();
  expect(screen.getByText("I look at the largest face only, not at the other.")).toBeTruthy();
  expect(screen.queryByText(/I see no face|An expression is not/)).toBeNull();
  expect(screen.queryByRole("button", { name: "Not how I feel" })).toBeNull();
  expect(document.querySelectorAll(".face-box.unread")).toHaveLength(1);
});

test("of a photo with one face read and one not, both are said", () => {
  const reading = { faces: [face()], unread: [unread()], others: 0, width: 640, height: 480 };
  show("off", null, false, photo({ reading }));
  expect(screen.getByText("Your face looks happy, fairly sure.")).toBeTruthy();
  expect(screen.getByText("There is another face that I could not read.")).toBeTruthy();
  expect(screen.queryByText(unread().words)).toBeNull(); // it speaks to its owner
  expect(document.querySelectorAll(".face-box")).toHaveLength(2);
  expect(document.querySelectorAll(".face-box.unread")).toHaveLength(1);
});

test("while muted it reads nothing out", () => {
  show("on", { face: face() }, true);
  expect(screen.queryByText(/Your face looks/)).toBeNull();
  expect(screen.getByText(/I leave your face alone/)).toBeTruthy();
});

test("a photo read while muted changes nothing, and says so", () => {
  const reading = { faces: [face()], unread: [], others: 0, width: 640, height: 480 };
  show("off", null, true, photo({ reading }));
  expect(screen.getByText(/I leave your face alone/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Not how I feel" })).toBeNull();
});

test("while the browser asks, it says that a yes is wanted there", () => {
  show("asking", null);
  expect(screen.getByText(/Your browser asks whether this page may use the camera/)).toBeTruthy();
  expect(screen.queryByText("Looking")).toBeNull();
});

test("with the camera off and no photo there is nothing", () => {
  show("off", null);
  expect(screen.queryByRole("region")).toBeNull();
});

const photo = (more: Partial<Photo> = {}): Photo => ({
  url: "blob:one",
  reading: { faces: [face()], unread: [], others: 0, width: 640, height: 480 },
  trouble: null,
  getting: null,
  serverCould: false,
  ...more,
});

test("a photo that says otherwise than the listener did counts less, and that is said", () => {
  const words = "You told me otherwise yourself, and that counts more.";
  show("off", null, false, photo(), { valence: -0.5, arousal: -0.5 });
  expect(screen.queryByText(words)).toBeTruthy();
  cleanup();
  show("off", null, false, photo(), { valence: 0.6, arousal: 0.4 }); // they agree
  expect(screen.queryByText(words)).toBeNull();
});

test("what is no picture is not shown as one", () => {
  show("off", null, false, photo({ reading: null }));
  fireEvent.error(screen.getByRole("img"));
  return expect.poll(() => screen.queryByRole("img")).toBeNull();
});

test("a photo that could not be read leaves its words alone on the card", () => {
  const trouble = { problem: "This is no picture.", remedy: "Choose another." };
  show("off", null, false, photo({ reading: null, trouble }));
  expect(screen.queryByRole("img")).toBeNull();
  expect(screen.getByText(/This is no picture/)).toBeTruthy();
});

test("while what reads a face is fetched for a photo, it says how much is here", () => {
  show("off", null, false, photo({ reading: null, getting: 0.42 }));
  expect(screen.getByText(/Fetching what reads your face: 42 %/)).toBeTruthy();
});

test("where this device cannot read a photo, the server is offered and not asked", () => {
  const trouble = { problem: "This browser is too old.", remedy: "The map works." };
  show("off", null, false, photo({ reading: null, trouble, serverCould: true }));
  expect(screen.getByText(/too old/)).toBeTruthy();
  expect(screen.getByRole("img", { name: "Your photo" })).toBeTruthy();
  expect(onAskServer).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: "Let this server read it" }));
  expect(onAskServer).toHaveBeenCalledOnce();
});
