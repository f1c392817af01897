import type { GatheringIn, MinutesIn, RuleIn } from '../queries/gatheringDesk';
import type { Gathering } from '../queries/gatherings';
import { linesIn, textIn } from './forms';
import { instantAt } from './parisClock';

export type Repeat = 'once' | 'weekly' | 'fortnightly' | 'monthly';

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
/** Not each month has a fifth one: it is the last. */
const LAST_FOR_SURE = 4;

interface Chosen {
  operation_id: string;
  kind: GatheringIn['kind'];
  audience: GatheringIn['audience'];
  facilitator_ids: readonly string[];
  /** So many subjects there is room for. */
  subjects: number;
}

/** What was filled in; what is chosen from lists comes beside it. */
export function gatheringIn(
  form: FormData,
  { subjects, ...chosen }: Chosen,
  before?: Pick<Gathering, 'starts_at' | 'ends_at' | 'reply_by'>,
): GatheringIn {
  const reply_by = textIn(form, 'reply_by');
  return {
    ...chosen,
    facilitator_ids: chosen.facilitator_ids.filter((id) => id !== ''),
    title: textIn(form, 'title') ?? '',
    description: linesIn(form, 'description'),
    agenda: agendaIn(form, subjects),
    place: linesIn(form, 'place'),
    url: textIn(form, 'url'),
    starts_at: instantAt(textIn(form, 'starts_at') ?? '', before?.starts_at),
    ends_at: instantAt(textIn(form, 'ends_at') ?? '', before?.ends_at),
    capacity: numberIn(form, 'capacity'),
    max_guests: numberIn(form, 'max_guests') ?? 0,
    reply_by: reply_by && instantAt(reply_by, before?.reply_by),
    remind_days: numberIn(form, 'remind_days'),
  };
}

/** Rows without a subject are none. */
function agendaIn(form: FormData, subjects: number): GatheringIn['agenda'] {
  return Array.from({ length: subjects }, (_, place) => `agenda/${place}`).flatMap((row) => {
    const title = textIn(form, `${row}/title`);
    const speaker = textIn(form, `${row}/speaker`);
    return title ? [{ title, minutes: numberIn(form, `${row}/minutes`), speaker }] : [];
  });
}

/** On the day of the week of the first one; of a month, the so manieth. */
export function ruleOf(repeat: Exclude<Repeat, 'once'>, first: string, count: number): RuleIn {
  const day = first.slice(0, 10);
  const weekday = WEEKDAYS[new Date(`${day}T12:00:00Z`).getUTCDay()] ?? 'MO';
  if (repeat !== 'monthly') {
    return {
      frequency: 'weekly',
      interval: repeat === 'weekly' ? 1 : 2,
      weekdays: [weekday],
      count,
    };
  }
  const place = Math.ceil(Number(day.slice(8)) / 7);
  const nth = (place > LAST_FOR_SURE ? -1 : place) as NonNullable<RuleIn['nth']>;
  return { frequency: 'monthly', interval: 1, weekdays: [weekday], nth, count };
}

/** Rows without a text are no decisions. */
export function decisionsIn(form: FormData, rows: number): MinutesIn['decisions'] {
  return Array.from({ length: rows }, (_, place) => `decisions/${place}`).flatMap((row) => {
    const text = linesIn(form, `${row}/text`);
    return text ? [{ text, poll_id: textIn(form, `${row}/poll_id`) }] : [];
  });
}

export function numberIn(form: FormData, name: string): number | null {
  const text = textIn(form, name);
  return text === null ? null : Number(text);
}
