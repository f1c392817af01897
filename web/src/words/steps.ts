import { dayWords } from '../messages/day';
import { clockTime } from './dates';
import type { Language } from './language';

/** A step of a local day, by the clock in Paris as the APIs write it: `13:30+01:00`. */
interface Step {
  local_time: string;
}

/** `13 h – 13 h 30`; what a clock shows twice that day says which it is. */
export function times(steps: readonly Step[], place: number, language: Language): string {
  const [start, end] = [steps[place], steps[place + 1]];
  const [from, to] = [start, end].map((step) => clockTime(step?.local_time ?? '24:00', language));
  const [before, after] = [start, end].map((step) => seasonOf(steps, step, language));
  return before && before !== after
    ? `${from}${before}\u00a0– ${to}${after}`
    : `${from}\u00a0– ${to}${before}`;
}

/** What it means that the clocks change on this day; null: they do not. */
export function clockChange(steps: readonly Step[], language: Language): string | null {
  const [first, last] = [steps[0], steps.at(-1)].map((step) => step?.local_time.slice(5));
  if (first === last) return null;
  return first === '+02:00' ? dayWords[language].longDay : dayWords[language].shortDay;
}

/** The step that is shown where the address names none, or one that the day has not: about noon. */
export function placeOf(step: number | undefined, steps: readonly Step[]): number {
  return Math.min(step ?? Math.floor((steps.length * 13) / 24), steps.length - 1);
}

/** Whether it is by summer or by winter time; empty where the clock tells by itself. */
function seasonOf(steps: readonly Step[], step: Step | undefined, language: Language): string {
  if (!step) return '';
  const shown = step.local_time.slice(0, 5);
  const words = dayWords[language];
  if (steps.filter(({ local_time }) => local_time.startsWith(shown)).length < 2) return '';
  return step.local_time.endsWith('+02:00') ? words.summerTime : words.winterTime;
}
