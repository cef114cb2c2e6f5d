/** The card of the model that reads faces: how good it is, and what it cannot do. */
import type { Model, Scores } from "@/api/types";
import { texts } from "@/texts";
import { Sheet } from "@/ui/Sheet";
import "./card.css";
import { card } from "./cardWords";

export interface CardSheetProps {
  model: Model;
  /** How long the last picture took, when one was looked at. */
  tookMs: number | null;
  onClose(): void;
}

export function CardSheet({ model, tookMs, onClose }: CardSheetProps) {
  const [first, ...others] = model.scores;
  return (
    <Sheet title={texts.card.title} onClose={onClose} class="card-sheet">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and holds no control */}
      <section class="sheet-body" tabIndex={0} aria-label={texts.card.title}>
        <p>{card.feeling}</p>
        {first ? <Figures first={first} others={others} /> : <p class="soft">{card.noFigures}</p>}
        <div>
          <h3>{card.cannot}</h3>
          <ul class="card-limits">
            {card.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </div>
        <div>
          <h3>{card.groups}</h3>
          <p>{model.groups || card.groupsMissing}</p>
        </div>
        <div>
          <h3>{card.learnt}</h3>
          <p>{model.data}</p>
          <p class="soft">{model.notes}</p>
        </div>
        <div>
          <h3>{card.made}</h3>
          <p>
            {card.size(model.size_bytes)} {model.cpu_ms !== null && card.speed(model.cpu_ms)}{" "}
            {tookMs !== null && card.took(tookMs)}
          </p>
          <p class="soft small">{card.version(model.name, model.version, model.licence)}</p>
        </div>
      </section>
    </Sheet>
  );
}

function Figures({ first, others }: { first: Scores; others: Scores[] }) {
  const found = Object.entries(first.found).sort(([, a], [, b]) => b - a);
  return (
    <>
      <div>
        <h3>{card.right}</h3>
        <p class="card-lead">{card.rightAbout(first.accuracy)}</p>
        <p class="soft">{card.rightExactly(first.on, first.n, first.accuracy, first.ci95)}</p>
        {others.map((more) => (
          <p key={more.on} class="soft">
            {card.also(more.on, more.n, more.accuracy)}
          </p>
        ))}
      </div>
      {first.ferplus_accuracy !== null && (
        <div>
          <h3>{card.raters}</h3>
          <p class="card-lead">{card.ratersAbout(first.ferplus_accuracy)}</p>
          <p class="soft">{card.ratersExactly(first.ferplus_accuracy, first.ferplus_n)}</p>
        </div>
      )}
      {first.ece !== null && (
        <div>
          <h3>{card.sure}</h3>
          <p class="card-lead">{card.sureAbout(first.ferplus_ece ?? first.ece)}</p>
          {first.ferplus_ece !== null && <p class="soft">{card.sureOfRaters(first.ferplus_ece)}</p>}
          <p class="soft">{card.sureExactly(first.ece)}</p>
        </div>
      )}
      {found.length > 0 && (
        <div>
          <h3>{card.found}</h3>
          <p class="soft">{card.foundOf}</p>
          <ul class="card-found">
            {found.map(([expression, share]) => (
              <li key={expression}>
                <span>{card.expression(expression)}</span>
                <span class="card-bar" aria-hidden="true">
                  <span style={{ width: `${100 * share}%` }} />
                </span>
                <span>{Math.round(100 * share)}</span>
              </li>
            ))}
          </ul>
          {first.macro_f1 !== null && <p class="soft">{card.alike(first.macro_f1)}</p>}
        </div>
      )}
    </>
  );
}
