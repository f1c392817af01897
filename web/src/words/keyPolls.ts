import type { PollIn } from '../queries/keyLife';
import type { Perimeter } from '../queries/perimeters';
import { dayLater } from './dates';
import { countIn, linesIn, textIn } from './forms';
import { startOfDay } from './instants';

export const MODES = ['secret', 'revealed_at_close', 'open'] as const;
export const QUORUMS = ['none', '1/3', '1/2', '2/3'] as const;
export type Quorum = (typeof QUORUMS)[number];

/** Who would be on the roll of a vote that begins on a day: each member once. */
export function votersOn({ participations }: Pick<Perimeter, 'participations'>, day: string) {
  const standing = participations.filter(
    ({ valid_from, valid_to }) => valid_from <= day && (valid_to === null || day < valid_to),
  );
  return new Set(standing.map(({ member_id }) => member_id)).size;
}

interface Chosen {
  keyId: string;
  mode: PollIn['ballot_mode'];
  quorum: Quorum;
  /** What each answer is called. */
  labels: { yes: string; no: string };
  opensAt: Date;
}

/** A vote with yes and no about a key, which ends as its last day does. */
export function pollOf(form: FormData, chosen: Chosen): PollIn {
  const { keyId, mode, quorum, labels, opensAt } = chosen;
  return {
    question: textIn(form, 'question') ?? '',
    description: linesIn(form, 'description'),
    method: 'simple',
    options: [
      { id: 'for', label: labels.yes },
      { id: 'against', label: labels.no },
    ],
    max_choices: 1,
    ballot_mode: mode,
    weighting: 'one_each',
    opens_at: opensAt.toISOString(),
    closes_at: startOfDay(dayLater(String(form.get('last')), 1)),
    quorum: quorum === 'none' ? null : { share: quorum, of: 'members' },
    max_proxies: countIn(form, 'max_proxies'),
    adopting_option: 'for',
    key_id: keyId,
  };
}
