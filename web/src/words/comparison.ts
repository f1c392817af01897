import type { BothBills } from '../queries/bills';
import type { ListedMonth } from '../queries/months';
import { sum } from './numbers';

/** Where the comparison stands on a month's page, for addresses that lead to it. */
export const COMPARED = 'compared';

/** Why a month costs more, or less, than another. */
export type Cause = 'consumption' | 'localPart' | 'localPrice' | 'supplierPrice' | 'fixed';

interface Effect {
  cause: Cause;
  cents: number;
}

/** What a month's bills come to, VAT included, by what makes it more or less. */
export interface Parts {
  localWmin: number;
  suppliedWmin: number;
  /** Of the local bill, what goes with its energy. */
  localCents: number;
  /** Of the supplier's, what goes with the energy it supplies. */
  suppliedCents: number;
  /** Of the supplier's, the networks that carry local energy. */
  networksCents: number;
  /** What is the same however much is used: subscriptions and fees. */
  fixedCents: number;
}

/** Below that a cause is not worth a line: with others like it, it is the rest. */
const LEAST_CENTS = 50;
/** A mean price moves as much without any change: rounding, and hours that have their own prices. */
const SAME = 0.01;

/** A settled month and the last settled one before it; undefined: there are no two to compare. */
export function monthsToCompare(months: readonly ListedMonth[], month: string) {
  const settled = months.filter(({ settlement }) => settlement !== null);
  const after = settled.find((listed) => listed.month === month);
  const before = settled.findLast((listed) => listed.month < month);
  return after && before && { before, after };
}

/** The last two that are settled, for a month of which nobody can tell yet what it costs. */
export function lastToCompare(months: readonly ListedMonth[], month: string) {
  const last = months.findLast((listed) => listed.settlement !== null && listed.month < month);
  return last && monthsToCompare(months, last.month);
}

/** Whether the supplier's side is that of a published offer: the member has told none. */
export function isAssumed(...months: BothBills[]): boolean {
  return months.some(({ reference_offers }) => reference_offers.length > 0);
}

export function partsOf({ supplier, local, local_wmin, consumption_wmin }: BothBills): Parts {
  const fees = local.fees_cents / (local.totals.excl_vat_cents || 1);
  const feesCents = Math.round(local.totals.incl_vat_cents * fees);
  const networksCents = inclVat(supplier, ['turpe_local']);
  const supplierFixed = inclVat(supplier, ['subscription', 'turpe_fixed', 'cta']);
  return {
    localWmin: local_wmin,
    suppliedWmin: consumption_wmin - local_wmin,
    localCents: local.totals.incl_vat_cents - feesCents,
    suppliedCents: supplier.totals.incl_vat_cents - supplierFixed - networksCents,
    networksCents,
    fixedCents: supplierFixed + feesCents,
  };
}

/**
 * What each cause adds to or takes from the cost of the month before: they sum to the difference.
 * Each is reckoned with what comes before it as this month and what comes after it as the last one.
 */
export function effectsBetween(before: Parts, after: Parts): Effect[] {
  const [used, wasUsed] = [usedOf(after), usedOf(before)];
  const [price, oldPrice] = [pricesOf(after, before), pricesOf(before, after)];
  const part = wasUsed ? before.localWmin / wasUsed : localPart(after);
  const oldLocal = oldPrice.local + oldPrice.networks;
  const oldMean = part * oldLocal + (1 - part) * oldPrice.supplied;
  const localMore = after.localWmin - used * part;
  const supplierMore =
    after.suppliedWmin * (price.supplied - oldPrice.supplied) +
    after.localWmin * (price.networks - oldPrice.networks);
  const effects: Effect[] = [
    { cause: 'consumption', cents: Math.round((used - wasUsed) * oldMean) },
    { cause: 'localPart', cents: Math.round(localMore * (oldLocal - oldPrice.supplied)) },
    { cause: 'localPrice', cents: Math.round(after.localWmin * (price.local - oldPrice.local)) },
    { cause: 'supplierPrice', cents: Math.round(supplierMore) },
  ];
  // To the cent: what rounding leaves over is where nothing else is reckoned.
  const rest = costOf(after) - costOf(before) - sum(effects.map(({ cents }) => cents));
  return [...effects, { cause: 'fixed', cents: rest }];
}

/** Those that are worth a line, the largest first, and what the others come to. */
export function largest(effects: readonly Effect[]): { lines: Effect[]; restCents: number } {
  const lines = effects
    .filter(({ cents }) => Math.abs(cents) >= LEAST_CENTS)
    .sort((a, b) => Math.abs(b.cents) - Math.abs(a.cents));
  const all = sum(effects.map(({ cents }) => cents));
  return { lines, restCents: all - sum(lines.map(({ cents }) => cents)) };
}

/** The cause that did most to make the difference what it is; undefined: none did. */
export function mainCause(effects: readonly Effect[]): Cause | undefined {
  const all = sum(effects.map(({ cents }) => cents));
  const { lines } = largest(effects);
  return lines.find(({ cents }) => Math.sign(cents) === Math.sign(all))?.cause;
}

/** Whether local energy came in both months, at about the same price. */
export function hasSameLocalPrice(before: Parts, after: Parts): boolean {
  if (before.localWmin === 0 || after.localWmin === 0) return false;
  const effects = effectsBetween(before, after);
  return effects.some(
    ({ cause, cents }) => cause === 'localPrice' && Math.abs(cents) <= after.localCents * SAME,
  );
}

export function usedOf({ localWmin, suppliedWmin }: Parts): number {
  return localWmin + suppliedWmin;
}

export function localPart(parts: Parts): number {
  return usedOf(parts) ? parts.localWmin / usedOf(parts) : 0;
}

/** Cents for a watt-minute; of what a month had nothing, as in the other one. */
function pricesOf(parts: Parts, other: Parts) {
  const { localWmin, suppliedWmin } = parts;
  const local = localWmin ? parts : other;
  const supplied = suppliedWmin ? parts : other;
  return {
    local: local.localCents / (local.localWmin || 1),
    networks: local.networksCents / (local.localWmin || 1),
    supplied: supplied.suppliedCents / (supplied.suppliedWmin || 1),
  };
}

function costOf({ localCents, suppliedCents, networksCents, fixedCents }: Parts): number {
  return localCents + suppliedCents + networksCents + fixedCents;
}

type SupplierBill = BothBills['supplier'];

function inclVat({ lines }: SupplierBill, kinds: SupplierBill['lines'][number]['kind'][]): number {
  const amounts = lines
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ amount_cents, vat_rate }) => amount_cents * (1 + Number(vat_rate)));
  return Math.round(sum(amounts));
}
