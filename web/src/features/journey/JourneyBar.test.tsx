import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { JourneyBar, type JourneyBarProps } from "./JourneyBar";

const WAY = [
  { valence: -0.6, arousal: 0.6 },
  { valence: 0.5, arousal: -0.6 },
];

function show(some: Partial<JourneyBarProps>) {
  const done: unknown[] = [];
  render(
    <JourneyBar
      drawing={false}
      way={null}
      under={null}
      plan={[]}
      onDraw={() => done.push("draw")}
      onLeave={() => done.push("leave")}
      onSetOut={(minutes) => done.push(minutes)}
      onEnd={() => done.push("end")}
      {...some}
    />,
  );
  const click = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
  return { done, click };
}

test("a way that was drawn is said in words, and waits for its minutes", () => {
  const { done, click } = show({ way: WAY });
  expect(screen.getByText("From fairly unpleasant, tense to fairly pleasant, calm.")).toBeTruthy();
  click("45 minutes");
  click("Set out");
  expect(done).toEqual([45]);
});

test("half an hour is what one gets without asking", () => {
  const { done, click } = show({ way: WAY });
  click("Set out");
  expect(done).toEqual([30]);
});

test("under way it says how far it is, and can be ended", () => {
  const under = { way: WAY, minutes: 30, step: 3, steps: 8, arrived: false };
  const { done, click } = show({ under });
  expect(screen.getByText(/Song 3 of 8/)).toBeTruthy();
  expect(screen.getByRole("progressbar").getAttribute("value")).toBe("3");
  click("End the journey");
  expect(done).toEqual(["end"]);
});

test("the plan can be read as a list: when, which song, and where it lies", () => {
  const calm = { valence: 0.5, arousal: -0.6 };
  show({
    under: { way: WAY, minutes: 30, step: 1, steps: 3, arrived: false },
    plan: [
      { minutes: 0, title: "One", target: WAY[0] ?? null, place: { valence: -0.5, arousal: 0.5 } },
      { minutes: 4, title: "Two", target: calm, place: null },
      { minutes: 7, title: null, target: calm, place: null },
      { minutes: 9, title: null, target: calm, place: null },
    ],
  });
  expect(screen.getAllByRole("listitem", { hidden: true }).map((one) => one.textContent)).toEqual([
    "nowOne fairly unpleasant, tense",
    "in 4 minTwo ",
    "from 7 min2 songs chosen on the way, toward fairly pleasant, calm",
  ]);
});

test("at the end it says that one has arrived", () => {
  show({ under: { way: WAY, minutes: 30, step: 8, steps: 8, arrived: true } });
  expect(screen.getByText("You have arrived.")).toBeTruthy();
  expect(screen.queryByRole("progressbar")).toBeNull();
});
