import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test } from "vitest";
import { VirtualList } from "./VirtualList";

test("of ten thousand rows only those in sight are in the page", () => {
  let sight = [0, 0];
  const { container } = render(
    <VirtualList
      label="Your music"
      total={10_000}
      rowHeight={64}
      onSight={(first, last) => {
        sight = [first, last];
      }}
      scrolled={{ current: 0 }}
      row={(i) => `row ${i}`}
    />,
  );
  expect(screen.getAllByRole("listitem").length).toBeLessThan(40);
  const box = container.querySelector(".virtual") as HTMLElement;
  box.scrollTop = 64 * 5_000;
  fireEvent.scroll(box);
  expect(screen.getByText("row 5000").getAttribute("aria-posinset")).toBe("5001");
  expect(sight[0]).toBeLessThanOrEqual(5_000);
  expect(sight[1]).toBeGreaterThan(5_000);
});

test("it begins where it was left", () => {
  const scrolled = { current: 64 * 5_000 };
  const list = () => (
    <VirtualList
      label="Your music"
      total={10_000}
      rowHeight={64}
      onSight={() => {}}
      scrolled={scrolled}
      row={(i) => `row ${i}`}
    />
  );
  const { container, unmount } = render(list());
  expect(screen.getByText("row 5000")).toBeTruthy();
  const box = container.querySelector(".virtual") as HTMLElement;
  expect(box.scrollTop).toBe(64 * 5_000);
  box.scrollTop = 64 * 70;
  fireEvent.scroll(box);
  unmount();
  render(list());
  expect(screen.getByText("row 70")).toBeTruthy();
});
