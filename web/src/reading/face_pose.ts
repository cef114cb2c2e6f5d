/**
 * How far a head is turned away from the camera, told from the detector's keypoints.
 *
 * As `src/affetto/senses/face_pose.py`: an average head is laid over the six keypoints in
 * the least-squares sense, and its own forward tells the angle.
 */
import type { FoundFace } from "./face_finder";

// An adult head in cm, in the order of the detector's keypoints: to its own left, down,
// and forward, from the middle between the tragions of the ears.
const HEAD = [
  [-3.15, -1.5, 7.0], // right eye
  [3.15, -1.5, 7.0], // left eye
  [0.0, 2.8, 12.0], // tip of the nose
  [0.0, 6.0, 10.0], // middle of the mouth
  [-7.3, 0.0, 0.0], // right ear
  [7.3, 0.0, 0.0], // left ear
] as const;

/** The pseudo-inverse of the head about its middle, a row for left, down and forward. */
const SOLVED = pseudoInverse();

function pseudoInverse(): [left: number[], down: number[], forward: number[]] {
  const middle = [0, 1, 2].map((axis) => HEAD.reduce((sum, p) => sum + (p[axis] ?? 0), 0) / 6);
  const column = (axis: number) => HEAD.map((p) => (p[axis] ?? 0) - (middle[axis] ?? 0));
  const dot = (a: number[], b: number[]) => a.reduce((sum, v, k) => sum + v * (b[k] ?? 0), 0);
  const mix = (a: number[], p: number, b: number[], q: number) =>
    a.map((v, k) => p * v + q * (b[k] ?? 0));
  const [left, down, forward] = [column(0), column(1), column(2)];
  // A head is alike on both sides, so left is at right angles to the other two.
  const [dd, df, ff] = [dot(down, down), dot(down, forward), dot(forward, forward)];
  const determinant = dd * ff - df * df;
  return [
    mix(left, 1 / dot(left, left), left, 0),
    mix(down, ff / determinant, forward, -df / determinant),
    mix(forward, dd / determinant, down, -df / determinant),
  ];
}

/**
 * The angle between where the face points and the camera, degrees in [0, 90].
 *
 * To a side, up and down count alike; a head tilted to its shoulder is not turned.
 * Keypoints that coincide tell no direction, and count as turned by 0.
 */
export function turnedBy(face: FoundFace): number {
  const points = face.keypoints;
  let middleX = 0;
  let middleY = 0;
  for (let k = 0; k < 6; k++) {
    middleX += (points[2 * k] ?? 0) / 6;
    middleY += (points[2 * k + 1] ?? 0) / 6;
  }
  // Head to picture, two rows of three: [xl, xd, xf] and [yl, yd, yf].
  const row = (offset: number, middle: number) =>
    SOLVED.map((solved) =>
      solved.reduce((sum, v, k) => sum + v * ((points[2 * k + offset] ?? 0) - middle), 0),
    ) as [number, number, number];
  const [xl, xd, xf] = row(0, middleX);
  const [yl, yd, yf] = row(1, middleY);

  // The nearest rotation of a matrix M is (M Mᵀ)^(-1/2) M. For two rows the root of
  // M Mᵀ = [[a, b], [b, c]] is (M Mᵀ + s I) / t with s and t as below.
  const a = xl * xl + xd * xd + xf * xf;
  const b = xl * yl + xd * yd + xf * yf;
  const c = yl * yl + yd * yd + yf * yf;
  const largest = Math.sqrt((a + c) / 2 + Math.hypot((a - c) / 2, b));
  if (largest < 1e-6) return 0;
  // The determinant of M Mᵀ, as the sum of squared minors: never below 0.
  const s = Math.hypot(xl * yd - xd * yl, xl * yf - xf * yl, xd * yf - xf * yd);
  const t = Math.sqrt(a + c + 2 * s);
  if (s < 1e-9 * largest * largest) {
    // All on one line: nothing is known across it.
    return degrees(Math.hypot(xf, yf) / t);
  }
  const forwardX = ((t - (a + s) / t) * xf - (b / t) * yf) / s;
  const forwardY = ((t - (c + s) / t) * yf - (b / t) * xf) / s;
  return degrees(Math.hypot(forwardX, forwardY));
}

function degrees(sine: number): number {
  return (Math.asin(Math.min(1, sine)) * 180) / Math.PI;
}
