/** The way to the server for all that goes out; one for the whole page. */
import { createOutgoingApi } from "@/api/outgoing";

export const outgoing = createOutgoingApi();
