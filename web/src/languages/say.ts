/** Numbers, lists and days in the language of the moment. */
import { spoken } from "./spoken";
import { english } from "./tongue";

export const say = spoken("say", english);
