/** A native range input that fills up to its value. */
export interface SliderProps {
  label: string;
  value: number;
  max: number;
  step: number;
  says?: string;
  disabled?: boolean;
  onInput(value: number): void;
}

export function Slider({ label, value, max, step, says, disabled, onInput }: SliderProps) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <input
      type="range"
      class="slider"
      aria-label={label}
      aria-valuetext={says}
      min={0}
      max={max || 1}
      step={step}
      value={value}
      disabled={disabled}
      style={{ "--filled": `${(share * 100).toFixed(2)}%` }}
      onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
    />
  );
}
