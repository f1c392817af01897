import type { ChallengeIn } from '../queries/challengeDesk';
import { linesIn, textIn } from './forms';
import { numberIn } from './gatheringForms';

export const WEEKDAYS: ChallengeIn['weekdays'] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const HALF_HOURS = 48;

/** `00:00` to `24:00`, by half-hours. */
export const CLOCK_TIMES: readonly string[] = Array.from({ length: HALF_HOURS + 1 }, (_, place) => {
  const hours = String(Math.floor(place / 2)).padStart(2, '0');
  return `${hours}:${place % 2 === 0 ? '00' : '30'}`;
});

export type Window = ChallengeIn['windows'][number];

/** What was filled in; windows of which a half is missing are none. */
export function challengeIn(
  form: FormData,
  chosen: { kind: ChallengeIn['kind']; windows: readonly Window[] },
): ChallengeIn {
  return {
    kind: chosen.kind,
    windows: chosen.windows.filter(({ start, end }) => start && end),
    title: textIn(form, 'title') ?? '',
    text: linesIn(form, 'text'),
    first_day: textIn(form, 'first_day') ?? '',
    last_day: textIn(form, 'last_day') ?? '',
    weekdays: WEEKDAYS.filter((weekday) => form.has(weekday)),
    target_percent: numberIn(form, 'target_percent') ?? 0,
    baseline_weeks: numberIn(form, 'baseline_weeks') ?? 4,
    freeze_after_days: numberIn(form, 'freeze_after_days') ?? 10,
  };
}
