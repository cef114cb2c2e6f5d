import { expect, test } from "vitest";
import { turnedBy } from "./face_pose";
import { faceAt, numbers } from "./made";

/** The average head, as in face_pose, turned by so many degrees and seen from far away. */
function head(sideways: number, up: number, tilt = 0, size = 10) {
  const points: [number, number, number][] = [
    [-3.15, -1.5, 7],
    [3.15, -1.5, 7],
    [0, 2.8, 12],
    [0, 6, 10],
    [-7.3, 0, 0],
    [7.3, 0, 0],
  ];
  const [s, u, t] = [sideways, up, tilt].map((angle) => (angle * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const keypoints = points.flatMap(([left, down, forward]) => {
    const x = left * Math.cos(s) + forward * Math.sin(s);
    const z = forward * Math.cos(s) - left * Math.sin(s);
    const y = down * Math.cos(u) - z * Math.sin(u);
    return [
      300 + size * (x * Math.cos(t) - y * Math.sin(t)),
      200 + size * (x * Math.sin(t) + y * Math.cos(t)),
    ];
  });
  return { ...faceAt(0, 0, 1), keypoints };
}

test.each([0, 10, 30, 55, 80])("a head turned %d degrees to a side measures so", (angle) => {
  expect(turnedBy(head(angle, 0))).toBeCloseTo(angle, 3);
  expect(turnedBy(head(-angle, 0))).toBeCloseTo(angle, 3);
});

test("up and down count as much as to the sides", () => {
  expect(turnedBy(head(0, 40))).toBeCloseTo(40, 3);
  expect(turnedBy(head(0, -40))).toBeCloseTo(40, 3);
});

test("a head tilted to its shoulder, near or far, is not turned", () => {
  for (const tilt of [15, 90, 180]) expect(turnedBy(head(0, 0, tilt))).toBeLessThan(1e-3);
  expect(turnedBy(head(25, 10, 40, 3))).toBeCloseTo(turnedBy(head(25, 10, 0, 30)), 3);
});

test("keypoints that coincide or lie on one line still give an angle", () => {
  const face = faceAt(0, 0, 1);
  expect(turnedBy({ ...face, keypoints: Array(12).fill(7) })).toBe(0);
  for (const slope of [0, 1, 5]) {
    const keypoints = [1, 2, 3, 5, 8, 13].flatMap((x) => [x, slope * x]);
    expect(turnedBy({ ...face, keypoints })).toBeGreaterThanOrEqual(0);
    expect(turnedBy({ ...face, keypoints })).toBeLessThanOrEqual(90);
  }
});

test("any six points give an angle from 0 to 90 degrees", () => {
  const random = numbers(2);
  for (let k = 0; k < 500; k++) {
    const keypoints = Array.from({ length: 12 }, () => 1000 * random() - 200);
    const angle = turnedBy({ ...faceAt(0, 0, 1), keypoints });
    expect(angle).toBeGreaterThanOrEqual(0);
    expect(angle).toBeLessThanOrEqual(90);
  }
});
