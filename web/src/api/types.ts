/** The generated shapes of the wire, under the names the page uses. */
import type { components } from "./schema";

type Shapes = components["schemas"];

export type Achieved = Shapes["Achieved"];
export type Aim = Shapes["Aim"];
export type Choice = Shapes["Choice"];
export type Consent = Shapes["Consent"];
export type ConsentText = Shapes["ConsentText"];
export type Curve = Shapes["Curve"];
export type Face = Shapes["Face"];
/** What a face says, without where it was in which picture. */
export type Felt = Readonly<Omit<Face, "box" | "covariance">> & {
  readonly covariance: readonly [number, number, number];
};
export type Estimate = Shapes["Estimate"];
export type Answer = Shapes["GiveAnswer"]["answer"];
export type FailedFiles = Shapes["FailedFiles"];
export type Goal = Shapes["Goal"];
export type Intent = Shapes["Intent"];
export type House = Shapes["House"];
export type Imported = Shapes["Imported"];
export type Learned = Shapes["Learned"];
export type LibraryMap = Shapes["LibraryMap"];
/** The four moods of the map, by the names the wire has for them. */
export type Mood4 = "angry" | "happy" | "sad" | "calm";
export type Model = Shapes["Model"];
export type ModelFile = Shapes["ModelFile"];
export type Mood = Shapes["Mood"];
export type PictureReading = Shapes["PictureReading"];
export type Planned = Shapes["Planned"];
export type Point = Shapes["Point"];
/** What is wrong and what to do about it. */
export type Never = Shapes["Never"];
export type Preferences = Shapes["Preferences"];
export type Problem = Shapes["Trouble"];
export type ReadingEvent = Shapes["ReadingEvent"];
export type Scan = Shapes["Scan"];
export type Scores = Shapes["Scores"];
export type Sensor = Shapes["Consent"]["sensor"];
export type Session = Shapes["Session"];
export type Statement = Shapes["Statement"];
export type Term = Shapes["Term"];
export type Track = Shapes["Track"];
export type Tracks = Shapes["Tracks"];
/** Where the music should go; what is left out takes its default. */
export type Wish = Partial<Aim> & { goal: Goal };
/** A face that was found and not read. */
export type Unread = Shapes["Unread"];

export type LiveEvent =
  | ReadingEvent
  | Shapes["SessionEvent"]
  | Shapes["SoundsEvent"]
  | Shapes["PongEvent"];
