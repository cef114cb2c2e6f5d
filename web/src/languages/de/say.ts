import { tongue } from "../tongue";

export const say = tongue("de");
