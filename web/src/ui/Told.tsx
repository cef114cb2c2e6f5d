/** What the server says is wrong within an answer that is otherwise fine, and what to do. */
import { heard } from "@/languages/heard";

export interface ToldProps {
  trouble: { problem: string; remedy: string };
}

export function Told({ trouble: { problem, remedy } }: ToldProps) {
  return (
    <>
      {heard(problem)} <span class="soft">{heard(remedy)}</span>
    </>
  );
}
