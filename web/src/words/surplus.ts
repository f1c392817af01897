import type { Sales, SurplusContract, SurplusContractIn, SurplusKind } from '../queries/surplus';
import { type Dated, fromDay, isInForce, type Kind, type Wanted } from './dated';
import { dayLater, isMonth, monthLater } from './dates';
import { decimalOf, digitsIn, textIn } from './forms';

type Undated = Omit<SurplusContract, keyof Dated>;

/** A plant has one contract at a time. */
const CONTRACTS: Kind<Undated> = {
  keyOf: () => '',
  isSame: (one, other) => termsOf(one) === termsOf(other),
};

function termsOf(contract: Undated): string {
  const { kind, buyer, number, price_cents_per_kwh, coefficient, prices_by_month, yearly_cap } =
    contract;
  const months = Object.entries(prices_by_month).sort();
  const terms = [kind, buyer, number, price_cents_per_kwh, coefficient, months, yearly_cap];
  return JSON.stringify(terms);
}

/** All contracts of a plant, with this one from its day on: the one before ends there. */
export function withContract(
  contracts: readonly SurplusContract[],
  contract: Wanted<Undated>,
  day: string,
): SurplusContractIn[] {
  return fromDay(CONTRACTS, contracts, [contract], day);
}

/** The one that a contract from a day on takes the place of. */
export function contractOn(
  contracts: readonly SurplusContract[],
  day: string,
): SurplusContract | undefined {
  return contracts.find((contract) => isInForce(contract, day));
}

/** Whether its price is entered month by month. */
export function isPaidByMonth({ kind, price_cents_per_kwh }: SurplusContract): boolean {
  return kind === 'aggregator' && price_cents_per_kwh === null;
}

/** Those that hold on a day of a month. */
export function contractsInMonth(
  contracts: readonly SurplusContract[],
  month: string,
): SurplusContract[] {
  if (!isMonth(month)) return [];
  const first = `${month}-01`;
  const after = `${monthLater(month, 1)}-01`;
  return contracts.filter(
    ({ valid_from, valid_to }) => valid_from < after && (valid_to === null || valid_to > first),
  );
}

export function withPriceOf(
  contracts: readonly SurplusContract[],
  contract: SurplusContract,
  month: string,
  price: string,
): SurplusContractIn[] {
  const prices_by_month = { ...contract.prices_by_month, [month]: price };
  return contracts.map((one) => (one === contract ? { ...one, prices_by_month } : one));
}

/** The contract that a form tells; what its kind has not, is left out. */
export function contractIn(form: FormData, former: SurplusContract | undefined): Wanted<Undated> {
  const kind = String(form.get('kind')) as SurplusKind;
  const last = textIn(form, 'last_day');
  const decimalIn = (name: string) => {
    const text = textIn(form, name);
    return text && decimalOf(text);
  };
  const price_cents_per_kwh = decimalIn('price');
  const staysByMonth = former && isPaidByMonth(former) && former.buyer === textIn(form, 'buyer');
  return {
    kind,
    buyer: textIn(form, 'buyer'),
    number: textIn(form, 'number'),
    price_cents_per_kwh,
    coefficient: decimalIn('coefficient'),
    // What one buyer paid month by month is kept with them.
    prices_by_month:
      kind === 'aggregator' && !price_cents_per_kwh && staysByMonth ? former.prices_by_month : {},
    yearly_cap: form.has('cap_kwh')
      ? {
          energy_kwh: Number(digitsIn(form, 'cap_kwh')),
          beyond_cents_per_kwh: decimalIn('beyond') ?? '0',
          since: textIn(form, 'since') ?? '',
        }
      : null,
    valid_to: last && dayLater(last, 1),
  };
}

type OfPlant = Pick<Sales, 'producer' | 'issuer_id'> & { plant: NonNullable<Sales['plant']> };

/** The month of each plant that was somebody's all along: once, in however many rows it stands. */
export function plantMonths(sales: readonly Sales[]): OfPlant[] {
  const plants = new Map<string, OfPlant>();
  for (const { producer, issuer_id, plant } of sales) {
    if (plant) plants.set(producer, { producer, issuer_id, plant });
  }
  return [...plants.values()];
}
