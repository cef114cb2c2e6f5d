import { fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { beforeEach, expect, test, vi } from "vitest";
import { Refusal } from "@/api/client";
import type { Provider } from "@/api/providers";
import { fakeSound } from "@/testing";
import { ConnectionsSheet } from "./ConnectionsSheet";
import { connected, fakeProviders, provider } from "./fakeProviders";
import { createOutlet } from "./outlet";

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => undefined;
});

function open(first?: Provider[], parts?: Parameters<typeof ConnectionsSheet>[0]["parts"]) {
  const { api, state } = fakeProviders(first);
  const outlet = createOutlet({ api, onTrouble() {} });
  outlet.over(fakeSound().create({ onEnded() {}, onTrouble() {}, onFollowed() {} }));
  const onChanged = vi.fn();
  render(
    <ConnectionsSheet
      outlet={outlet}
      onChanged={onChanged}
      onClose={() => {}}
      {...(parts && { parts })}
    />,
  );
  return { state, onChanged };
}

const card = (title = "Music box") => screen.findByRole("region", { name: title, hidden: true });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name, hidden: true }));

test("with nothing connected it says what to do first", async () => {
  open();
  expect(await screen.findByText(/Nothing is connected yet/)).toBeTruthy();
  expect((await card()).textContent).toContain("Not connected");
});

test("a provider is connected by filling in what it asks", async () => {
  const { state, onChanged } = open();
  await card();
  press("Connect Music box");
  fireEvent.input(screen.getByLabelText("Address"), { target: { value: "http://nas" } });
  fireEvent.input(screen.getByLabelText("Password"), { target: { value: "hush" } });
  expect(screen.getByLabelText("Password").getAttribute("type")).toBe("password");
  press("Connect");
  expect(await screen.findByText("Music box is connected.")).toBeTruthy();
  expect(state.asked).toContain('connect box {"url":"http://nas","password":"hush"}');
  expect(onChanged).toHaveBeenCalled();
  await waitFor(async () => expect((await card()).textContent).toContain("Works · 3 songs"));
});

test("new songs are there at once for whoever looks for them", async () => {
  const { onChanged } = open([connected()]);
  await card();
  press("Look for new songs");
  expect(await screen.findByText("2 new songs.")).toBeTruthy();
  expect(onChanged).toHaveBeenCalled();
  await waitFor(async () => expect((await card()).textContent).toContain("5 songs"));
});

test("what does not work is listed with what to do, and kept only when asked", async () => {
  const { state } = open();
  state.checks = [
    { name: "sign in", works: false, says: "The password is wrong.", remedy: "Type it anew." },
    { name: "stars", works: null, says: "Stars are not offered.", remedy: "" },
  ];
  await card();
  press("Connect Music box");
  fireEvent.input(screen.getByLabelText("Address"), { target: { value: "http://nas" } });
  press("Connect");
  expect(await screen.findByText("Type it anew.")).toBeTruthy();
  expect(screen.getByText(/nothing was kept/)).toBeTruthy();
  press("Connect anyway");
  expect(await screen.findByText("Music box is connected.")).toBeTruthy();
});

test("a test says what works, and a kept secret is not asked for again", async () => {
  const { state } = open([connected()]);
  await card();
  press("Test Music box");
  expect(await screen.findByText("You are signed in.")).toBeTruthy();
  press("Change Music box");
  const secret = screen.getByLabelText("Password") as HTMLInputElement;
  expect([secret.value, secret.required]).toEqual(["", false]);
  expect((screen.getByLabelText("Address") as HTMLInputElement).value).toBe("http://nas");
  press("Test");
  await waitFor(() =>
    expect(state.asked.slice(-2)).toEqual([
      "test box null",
      'test box {"url":"http://nas","password":""}',
    ]),
  );
});

test("it is disconnected after a second word", async () => {
  const { state, onChanged } = open([connected()]);
  await card();
  press("Disconnect Music box");
  expect(document.activeElement?.textContent).toBe("Keep it");
  press("Keep it");
  press("Disconnect Music box");
  press("Disconnect");
  expect(await screen.findByText("Music box is disconnected.")).toBeTruthy();
  expect(state.asked).toContain("disconnect box");
  expect(onChanged).toHaveBeenCalledTimes(1);
});

test("what the settings file names is shown and not changed here", async () => {
  open([connected({ named_in_file: true })]);
  const box = within(await card());
  expect(box.getByText(/From your settings file/)).toBeTruthy();
  expect(box.queryByRole("button", { name: /Disconnect|Change/, hidden: true })).toBeNull();
});

test("trouble of a provider is told with what to do", async () => {
  const trouble = { problem: "The box does not answer.", remedy: "Turn it on." };
  open([connected({ state: "trouble", trouble })]);
  expect((await card()).textContent).toContain("The box does not answer. Turn it on.");
});

test("the music is let sound elsewhere, and here again", async () => {
  const { state } = open([connected()]);
  const where = within(await screen.findByRole("group", { name: "Where it sounds", hidden: true }));
  fireEvent.click(where.getByRole("button", { name: "Music box", hidden: true }));
  expect(await screen.findByText("It sounds in Music box now.")).toBeTruthy();
  const pressed = () => where.getByRole("button", { pressed: true, hidden: true }).textContent;
  expect(pressed()).toBe("Music box");
  fireEvent.click(where.getByRole("button", { name: "This page", hidden: true }));
  expect(await screen.findByText("It sounds here now.")).toBeTruthy();
  expect(pressed()).toBe("This page");
  state.refusal = new Refusal("The box does not answer.", "Turn it on.", 502);
  fireEvent.click(where.getByRole("button", { name: "Music box", hidden: true }));
  expect((await screen.findByRole("alert", { hidden: true })).textContent).toContain("Turn it on.");
});

test("when the server cannot be asked it says so and tries again", async () => {
  const { api } = fakeProviders();
  const providers = vi
    .fn(api.providers)
    .mockRejectedValueOnce(new Refusal("The disk is full.", "Free some space.", 503));
  const outlet = createOutlet({ api: { ...api, providers }, onTrouble() {} });
  render(<ConnectionsSheet outlet={outlet} onChanged={() => {}} onClose={() => {}} />);
  expect((await screen.findByRole("alert", { hidden: true })).textContent).toContain(
    "Free some space.",
  );
  press("Try again");
  expect(await card()).toBeTruthy();
});

test("what a service brings of its own stands in place of its card", async () => {
  const parts = [
    { provider: "box", Part: () => <p>A part of its own</p> },
    { Part: () => <p>Something else</p> },
  ];
  open([provider(), provider({ name: "other", title: "Other" })], parts);
  expect(await screen.findByText("A part of its own")).toBeTruthy();
  expect(screen.getByText("Something else")).toBeTruthy();
  expect(screen.queryByRole("region", { name: "Music box", hidden: true })).toBeNull();
  expect(await card("Other")).toBeTruthy();
});
