import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { keepFocus } from "./keepFocus";

beforeAll(() => keepFocus());
beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `
    <button id="top">Top</button>
    <ul>
      <li><button id="first">First</button></li>
      <li><button id="second">Second</button></li>
      <li><button id="third">Third</button></li>
    </ul>
    <button id="end">End</button>`;
});

const the = (id: string) => document.getElementById(id) as HTMLButtonElement;
const press = () =>
  document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true }));
const settled = () => vi.advanceTimersByTimeAsync(200);
function stand(id: string) {
  the(id).focus();
  press();
}

test("what goes leaves the focus to what follows it", async () => {
  stand("second");
  the("second").parentElement?.remove();
  await settled();
  expect(document.activeElement?.id).toBe("third");
});

test("the last of a list leaves it to the one before, and stays in the list", async () => {
  stand("third");
  the("third").parentElement?.remove();
  await settled();
  expect(document.activeElement?.id).toBe("second");
});

test("a list that goes as a whole leaves it to what follows the list", async () => {
  stand("second");
  document.querySelector("ul")?.remove();
  await settled();
  expect(document.activeElement?.id).toBe("end");
});

test("what is barred for a while gets it back", async () => {
  stand("second");
  the("second").disabled = true;
  the("second").blur(); // as browsers do
  await settled();
  the("second").disabled = false;
  await settled();
  expect(document.activeElement?.id).toBe("second");
});

test("a feature that knows better is not overruled", async () => {
  stand("second");
  the("second").remove();
  setTimeout(() => the("top").focus(), 50);
  await settled();
  expect(document.activeElement?.id).toBe("top");
});

test("whoever uses a pointer is left where they are", async () => {
  stand("second");
  document.body.dispatchEvent(new Event("pointerdown", { bubbles: true }));
  the("second").remove();
  await settled();
  expect(document.activeElement).toBe(document.body);
});

test("whoever leaves by themselves is not called back", async () => {
  stand("second");
  the("second").blur();
  the("first").remove();
  await settled();
  expect(document.activeElement).toBe(document.body);
});
