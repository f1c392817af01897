import type { PollIn } from '../queries/pollDesk';
import type { Poll } from '../queries/polls';
import { linesIn, textIn } from './forms';
import { numberIn } from './gatheringForms';
import { instantAt } from './parisClock';

type Option = PollIn['options'][number];

/** What is chosen from lists, and comes beside what was filled in. */
export interface ChosenOfPoll extends Pick<PollIn, 'method' | 'ballot_mode' | 'key_id'> {
  options: readonly Option[];
  weighting: PollIn['weighting'];
  quorum: PollIn['quorum'];
  /** Empty: any. */
  adopting_option: string;
}

/** What was filled in, without what its method does not know. */
export function pollIn(
  form: FormData,
  chosen: ChosenOfPoll,
  before?: Pick<Poll, 'opens_at' | 'closes_at'>,
): PollIn {
  const { method, ballot_mode, options, adopting_option } = chosen;
  const hasOptions = method !== 'consent';
  return {
    method,
    ballot_mode,
    key_id: chosen.key_id,
    // A weight would tell whose secret ballot it is.
    weighting: ballot_mode === 'secret' ? 'one_each' : chosen.weighting,
    quorum: chosen.quorum,
    options: hasOptions ? [...options] : [],
    adopting_option: hasOptions ? adopting_option || null : null,
    question: textIn(form, 'question') ?? '',
    description: linesIn(form, 'description'),
    max_choices: method === 'multiple' ? (numberIn(form, 'max_choices') ?? 1) : 1,
    opens_at: instantAt(textIn(form, 'opens_at') ?? '', before?.opens_at),
    closes_at: instantAt(textIn(form, 'closes_at') ?? '', before?.closes_at),
    max_proxies: numberIn(form, 'max_proxies') ?? 0,
  };
}

/**
 * An option for each line. One that stands as it stood keeps its id, so that what adopts the motion
 * stays the same when others are added before it.
 */
export function optionsIn(lines: string, before: readonly Option[]): Option[] {
  const labels = lines.split('\n').flatMap((line) => line.trim() || []);
  const ids = new Map(before.map(({ id, label }) => [label, id]));
  const taken = new Set(before.map(({ id }) => id));
  return labels.map((label, place) => {
    const id = ids.get(label) ?? freeId(place + 1, taken);
    ids.delete(label);
    taken.add(id);
    return { id, label };
  });
}

function freeId(number: number, taken: ReadonlySet<string>): string {
  const id = `option-${number}`;
  return taken.has(id) ? freeId(number + 1, taken) : id;
}
