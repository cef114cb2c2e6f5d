/**
 * What the reading of faces takes and gives, in the page, in its worker and in tests.
 *
 * The Python of `src/affetto/senses` is the truth; the files here mirror it one by one.
 */

/** A picture as a canvas holds it: RGBA, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Why a face that was found is better not read. */
export type Doubt = "small" | "dark" | "blurred" | "turned" | "covered";

/** Left, top, width and height in whole pixels of the picture, inside it. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** One face and how it looks, which is not what its owner feels. */
export interface Face {
  readonly box: Box;
  /** Of every expression by name; they sum to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** The likeliest of them. */
  readonly expression: string;
  /** [-1, 1] */
  readonly valence: number;
  /** [-1, 1] */
  readonly arousal: number;
  /** Variances of valence and arousal, and their covariance: vv, va, aa. */
  readonly covariance: readonly [vv: number, va: number, aa: number];
  /** [0, 1] */
  readonly confidence: number;
}

/** A face that was found and not read. */
export interface Unread {
  readonly box: Box;
  readonly doubt: Doubt;
}

/** What one look at a picture saw. */
export interface Look {
  /** Largest first. */
  readonly faces: readonly Face[];
  /** Found and better not read, largest first. */
  readonly unread: readonly Unread[];
  /** Found, and nothing more. */
  readonly others: number;
}

/** What the expression model's card says of its answers, as the JSON beside it has it. */
export interface ExpressionCard {
  readonly name: string;
  readonly labels: readonly string[];
  readonly temperature: number;
  readonly votes: readonly string[];
  readonly votes_temperature: number;
}

/** The model files, as downloaded. */
export interface Models {
  /** The short-range detector, which sees a face before a screen. */
  readonly near: Uint8Array;
  /** The full-range detector, which also sees small faces. */
  readonly far: Uint8Array;
  readonly expression: Uint8Array;
  readonly card: ExpressionCard;
}

export interface LookOptions {
  /** Look again, closer, where a first look finds nobody: for still pictures. */
  readonly thorough?: boolean;
  /** Read so many of the largest faces and only count the others; all when not given. */
  readonly most?: number;
}

/** Reads faces in pictures, one picture at a time. */
export interface FaceReader {
  look(pixels: Pixels, options?: LookOptions): Promise<Look>;
  /** Gives the models' memory back. */
  close(): Promise<void>;
}
