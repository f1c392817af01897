import type { NewEnrolment } from '../queries/enrolments';
import type { MemberList, PerimeterPreview } from '../queries/imports';
import { cellsByLine } from './csv';

export const LISTS = ['members', 'participations'] as const;
export type ListKind = (typeof LISTS)[number];

export type Column =
  | 'reference'
  | 'kind'
  | 'name'
  | 'address'
  | 'email'
  | 'siren'
  | 'vat_number'
  | 'language'
  | 'delivery_address'
  | 'prm'
  | 'label'
  | 'subscribed_power_va'
  | 'installed_power_w'
  | 'production_kind'
  | 'direction'
  | 'valid_from'
  | 'valid_to'
  | 'member_id';

export const COLUMNS: Record<ListKind, readonly Column[]> = {
  members: [
    'reference',
    'kind',
    'name',
    'address',
    'email',
    'siren',
    'vat_number',
    'language',
    'delivery_address',
    'prm',
    'label',
    'subscribed_power_va',
    'installed_power_w',
    'production_kind',
    'direction',
    'valid_from',
    'valid_to',
  ],
  participations: ['prm', 'direction', 'member_id', 'valid_from', 'valid_to'],
};

export const NEEDED: Record<ListKind, readonly Column[]> = {
  members: ['reference', 'kind', 'name', 'address'],
  participations: ['prm', 'direction', 'member_id', 'valid_from'],
};

/** The columns at fault in a line, which begin the platform's sentences: none, it says otherwise. */
export function columnsAtFault(detail: string): Column[] {
  const known: readonly string[] = [...COLUMNS.members, 'member_id'];
  const begins = [...detail.matchAll(/(?:^|\. )([a-z_]+(?:, [a-z_]+)*): /gu)];
  return begins
    .flatMap(([, names = '']) => names.split(', '))
    .filter((name): name is Column => known.includes(name));
}

export type Change = 'added' | 'changed' | 'ended' | 'unchanged';
const THINGS = ['member', 'point', 'participation'] as const;
export type Thing = (typeof THINGS)[number];

/** What a line would do, thing by thing. */
export interface LineChange {
  line: number;
  changes: readonly (readonly [Thing, Change])[];
}

/** What a file would do, whichever of the two kinds it is. */
export interface ImportPreview {
  hash: string;
  lines: LineChange[];
  unchanged: number;
  refused: MemberList['refused'];
  breaches: MemberList['breaches'];
}

export function ofMembers({ preview, effects, refused, breaches }: MemberList): ImportPreview {
  const lines = effects.map(({ line, ...effect }) => ({
    line,
    changes: THINGS.flatMap((thing): [Thing, Change][] => {
      const change = effect[thing];
      return change && change !== 'unchanged' ? [[thing, change]] : [];
    }),
  }));
  const changing = lines.filter(({ changes }) => changes.length > 0);
  const unchanged = lines.length - changing.length;
  return { hash: preview, lines: changing, unchanged, refused, breaches };
}

export function ofParticipations(preview: PerimeterPreview): ImportPreview {
  const { added, changed, ended, unchanged, refused, breaches } = preview;
  const changesOf = (lines: typeof added, change: Change): LineChange[] =>
    lines.map(({ line }) => ({ line, changes: [['participation', change]] }));
  const lines = [
    ...changesOf(added, 'added'),
    ...changesOf(changed, 'changed'),
    ...changesOf(ended, 'ended'),
  ].sort((one, other) => one.line - other.line);
  return { hash: preview.preview, lines, unchanged, refused, breaches };
}

/** How many things a file adds, changes or ends. */
export function countsOf({ lines }: ImportPreview): [Thing, Change, number][] {
  const counts = new Map<string, [Thing, Change, number]>();
  for (const [thing, change] of lines.flatMap(({ changes }) => changes)) {
    const key = `${thing} ${change}`;
    counts.set(key, [thing, change, (counts.get(key)?.[2] ?? 0) + 1]);
  }
  return [...counts.values()];
}

/** Points of an imported list that it does not say to take part: they are still to come in. */
export function entriesOf(
  table: string,
  { effects }: MemberList,
): Omit<NewEnrolment, 'valid_from'>[] {
  const prms = cellsByLine(table, 'prm');
  const plants = cellsByLine(table, 'installed_power_w');
  return effects.flatMap(({ line, member_id, point, participation }) => {
    const prm = prms.get(line)?.trim();
    if (!prm || !member_id || !point || participation) return [];
    const direction = plants.get(line)?.trim() ? 'production' : 'consumption';
    return [{ prm, member_id, direction }];
  });
}
