import type { Key } from '../queries/keys';
import type { Definition } from './keys';
import type { Language } from './language';
import { plainNumber, sum } from './numbers';

/** What one can choose in a form, the one that is right for most first. */
export const KEY_KINDS = [
  'default_dynamic',
  'static',
  'static_redistribute',
  'priority',
  'dynamic',
  'full_dynamic',
] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** `kept`: it says more than a form can, and stays as it is. */
export type FormKind = KeyKind | 'kept';

const HUNDREDTHS = 10_000;
/** The platform has a share to nine decimals, which is a percentage to seven. */
const SHARE_DECIMALS = 9;
export const PERCENT_DECIMALS = 7;
const UNITS_OF_PERCENT = 10 ** PERCENT_DECIMALS;

/** Which kind a key is, in a word. */
export function kindOf(definition: Key['definition']): KeyKind | null {
  const { type, redistribute } = definition as Definition;
  if (type === 'static') return redistribute ? 'static_redistribute' : 'static';
  return KEY_KINDS.find((kind) => kind === type) ?? null;
}

/** As a form can show it. */
export function formKindOf(definition: Key['definition']): FormKind {
  const { ranks = [], schedules = [] } = definition as Definition;
  const isPlain = schedules.length === 0 && ranks.every(Array.isArray);
  return isPlain ? (kindOf(definition) ?? 'kept') : 'kept';
}

/** In percent, as one types it, by point: those of a key, or the same for all. */
export function percentsOf(
  definition: Key['definition'] | undefined,
  consumers: readonly string[],
  language: Language,
): Record<string, string> {
  const { shares } = (definition ?? {}) as Definition;
  const equal = Math.floor(HUNDREDTHS / Math.max(1, consumers.length)) / 100;
  return Object.fromEntries(
    consumers.map((prm) => [
      prm,
      plainNumber(shares ? Number(shares[prm] ?? '0') * 100 : equal, language, PERCENT_DECIMALS),
    ]),
  );
}

/** By point, from 1 on: those of a key, or the first for all. */
export function ranksOf(
  definition: Key['definition'] | undefined,
  consumers: readonly string[],
): Record<string, string> {
  const { ranks } = (definition ?? {}) as Definition;
  const place = (prm: string) =>
    (ranks ?? []).findIndex((rank) => Array.isArray(rank) && rank.includes(prm)) + 1;
  return Object.fromEntries(consumers.map((prm) => [prm, ranks ? String(place(prm) || '') : '1']));
}

/** What is typed, as the platform takes it. Points without a share or a rank are left out. */
export function definitionOf(
  kind: KeyKind,
  percents: Readonly<Record<string, string>>,
  ranks: Readonly<Record<string, string>>,
): Key['definition'] {
  switch (kind) {
    case 'static':
    case 'static_redistribute':
      return {
        type: 'static',
        shares: sharesOf(percents),
        redistribute: kind === 'static_redistribute',
      };
    case 'priority':
      return { type: 'priority', ranks: inRanks(ranks) };
    default:
      return { type: kind };
  }
}

/** What the parts come to, in percent. */
export function totalPercent(percents: Readonly<Record<string, string>>): number {
  const units = Object.values(percents).map((text) =>
    Math.round(numberOf(text) * UNITS_OF_PERCENT),
  );
  return sum(units) / UNITS_OF_PERCENT;
}

/** The shares of those who have one, as the platform takes them. */
export function sharesOf(percents: Readonly<Record<string, string>>): Record<string, string> {
  const shares = Object.entries(percents).filter(([, text]) => numberOf(text) > 0);
  return Object.fromEntries(shares.map(([prm, text]) => [prm, plain(numberOf(text) / 100)]));
}

function inRanks(ranks: Readonly<Record<string, string>>): string[][] {
  const numbers = [...new Set(Object.values(ranks).map(numberOf))].filter((rank) => rank > 0);
  return numbers
    .sort((one, other) => one - other)
    .map((rank) => Object.keys(ranks).filter((prm) => numberOf(ranks[prm] ?? '') === rank));
}

/** With as many decimals as it has, and never as a power of ten. */
function plain(share: number): string {
  return share.toFixed(SHARE_DECIMALS).replace(/\.?0+$/u, '');
}

function numberOf(text: string): number {
  return Number(text.replace(',', '.')) || 0;
}
