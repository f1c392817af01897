import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { comparisonWords } from '../messages/comparison';
import facts from '../parts/Facts.module.css';
import { Why } from '../parts/Why';
import { type BothBills, bothBillsQuery } from '../queries/bills';
import type { OwnParticipation } from '../queries/me';
import { type ListedMonth, monthsQuery } from '../queries/months';
import {
  type Cause,
  COMPARED,
  effectsBetween,
  hasSameLocalPrice,
  isAssumed,
  largest,
  localPart,
  mainCause,
  monthsToCompare,
  type Parts,
  partsOf,
  usedOf,
} from '../words/comparison';
import { monthBeside, monthName } from '../words/dates';
import { type Language, useLanguage, useWords } from '../words/language';
import { euros, kwh, percent, pricePerKwh, signedEuros, WMIN_PER_KWH } from '../words/numbers';
import styles from './Compared.module.css';

/** Why a settled month cost more or less than the one before; nothing where one has no bills. */
export function Compared({ point, month }: { point: OwnParticipation; month: string }) {
  const { data: months = [] } = useQuery(monthsQuery(point.operation_id, point.prm));
  const pair = monthsToCompare(months, month);
  return pair && <OfPair key={month} prm={point.prm} {...pair} />;
}

interface PairProps {
  prm: string;
  before: ListedMonth;
  after: ListedMonth;
}

function OfPair({ prm, before, after }: PairProps) {
  const { hash } = useLocation();
  const { data: bills } = useQuery(bothBillsQuery(prm, after.month));
  const { data: old } = useQuery({ ...bothBillsQuery(prm, before.month), enabled: !!bills });
  const words = useWords(comparisonWords);
  const language = useLanguage();
  if (!old || !bills) return null;
  return (
    <section className={styles.compared} id={COMPARED} ref={hash === COMPARED ? show : null}>
      <h2>{words.title(monthName(before.month, language))}</h2>
      <Sentence old={old} bills={bills} />
      <Days before={before} after={after} old={old} bills={bills} />
      <Causes old={old} bills={bills} />
      <Why>
        <p>{words.why}</p>
      </Why>
    </section>
  );
}

/** It comes after the page, with the bills: only then can it be gone to. */
function show(section: HTMLElement | null): void {
  section?.scrollIntoView();
}

interface BillsProps {
  old: BothBills;
  bills: BothBills;
}

/** How much more or less, and the main reason. */
function Sentence({ old, bills }: BillsProps) {
  const words = useWords(comparisonWords);
  const language = useLanguage();
  const about = isAssumed(old, bills) ? '≈ ' : '';
  const more = bills.with_incl_vat_cents - old.with_incl_vat_cents;
  const all = `${about}${euros(bills.with_incl_vat_cents, language)}`;
  const name = monthBeside(old.month, bills.month, language);
  const [before, after] = [partsOf(old), partsOf(bills)];
  const main = mainCause(effectsBetween(before, after));
  return (
    <p>
      {more === 0 ? (
        words.same(all, name)
      ) : (
        <>
          <strong className={styles.more}>
            {about}
            {euros(Math.abs(more), language)}
          </strong>{' '}
          {more > 0 ? words.more(all, name) : words.less(all, name)}
        </>
      )}{' '}
      {main && words.because[main](...valuesOf(main, before, after, language))}{' '}
      {hasSameLocalPrice(before, after) && words.sameLocalPrice}
    </p>
  );
}

/** That a month is longer than the other, or that the point was in the operation for longer. */
function Days({ before, after, old, bills }: BillsProps & Omit<PairProps, 'prm'>) {
  const words = useWords(comparisonWords);
  const language = useLanguage();
  if (before.days === after.days || before.days === 0 || after.days === 0) return null;
  return (
    <p className={facts.weak}>
      {words.days(after.days, before.days, monthBeside(before.month, after.month, language))}{' '}
      {words.perDay(
        kwh(bills.consumption_wmin / after.days, language, 1),
        kwh(old.consumption_wmin / before.days, language, 1),
      )}
    </p>
  );
}

/** What each cause did, the largest first, and on which bill the difference is. */
function Causes({ old, bills }: BillsProps) {
  const words = useWords(comparisonWords);
  const language = useLanguage();
  const [before, after] = [partsOf(old), partsOf(bills)];
  const { lines, restCents } = largest(effectsBetween(before, after));
  if (lines.length === 0) return null;
  const byBill = isAssumed(old, bills) ? words.byBillAssumed : words.byBill;
  const more = (side: 'local' | 'supplier') =>
    signedEuros(bills[side].totals.incl_vat_cents - old[side].totals.incl_vat_cents, language);
  return (
    <>
      <dl className={facts.sums} aria-label={words.causes}>
        {lines.map(({ cause, cents }) => (
          <div className={styles.line} key={cause}>
            <dt>{words.cause[cause](...valuesOf(cause, before, after, language))}</dt>
            <dd>{signedEuros(cents, language)}</dd>
          </div>
        ))}
        {restCents !== 0 && (
          <div className={styles.line}>
            <dt>{words.rest}</dt>
            <dd>{signedEuros(restCents, language)}</dd>
          </div>
        )}
      </dl>
      <p className={facts.weak}>{byBill(more('local'), more('supplier'))}</p>
    </>
  );
}

/** What a cause was in this month, and in the one before. */
function valuesOf(cause: Cause, before: Parts, after: Parts, language: Language): [string, string] {
  const wordFor = (parts: Parts): string => {
    const { localWmin, localCents, suppliedWmin, suppliedCents, fixedCents } = parts;
    if (cause === 'consumption') return kwh(usedOf(parts), language);
    if (cause === 'localPart') return percent(localPart(parts), language);
    if (cause === 'localPrice') return priceOf(localCents, localWmin, language);
    if (cause === 'supplierPrice') return priceOf(suppliedCents, suppliedWmin, language);
    return euros(fixedCents, language);
  };
  return [wordFor(after), wordFor(before)];
}

function priceOf(cents: number, wmin: number, language: Language): string {
  const eurosPerKwh = ((cents / 100) * WMIN_PER_KWH) / (wmin || 1);
  return pricePerKwh(Math.round(eurosPerKwh * 1000) / 1000, language);
}
