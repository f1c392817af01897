import { surplusWords } from '../../../../messages/running/surplus';
import tables from '../../../../parts/Table.module.css';
import type { SurplusContract } from '../../../../queries/surplus';
import { monthName } from '../../../../words/dates';
import { asTyped } from '../../../../words/forms';
import { type Language, useLanguage, useWords } from '../../../../words/language';
import { whole } from '../../../../words/numbers';
import { isPaidByMonth } from '../../../../words/surplus';
import { daysOf } from '../priceNames';

interface ContractsProps {
  caption: string;
  contracts: readonly SurplusContract[];
}

/** All contracts of a plant, in the order of their days. */
export function Contracts({ caption, contracts }: ContractsProps) {
  const words = useWords(surplusWords);
  const language = useLanguage();
  return (
    <table className={tables.table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.days}</th>
          <th scope="col">{words.terms}</th>
        </tr>
      </thead>
      <tbody>
        {contracts.map((contract) => (
          <tr key={contract.valid_from}>
            <th scope="row">{daysOf(contract, language)}</th>
            <td>{contractText(contract, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `EDF OA, n° BTA0991234`, or what it is where nobody buys. */
export function buyerText(
  { kind, buyer, number }: Pick<SurplusContract, 'kind' | 'buyer' | 'number'>,
  language: Language,
): string {
  const words = surplusWords[language];
  return [buyer ?? words.kinds[kind], number && words.numberIs(number)]
    .filter((part) => !!part)
    .join(', ');
}

function contractText(contract: SurplusContract, language: Language): string {
  const words = surplusWords[language];
  const { price_cents_per_kwh, coefficient, yearly_cap, prices_by_month } = contract;
  const priceOf = (cents: string) => words.price(asTyped(cents, language));
  const cap =
    yearly_cap &&
    words.capIs(whole(yearly_cap.energy_kwh, language), priceOf(yearly_cap.beyond_cents_per_kwh));
  return [
    buyerText(contract, language),
    contract.buyer && words.kinds[contract.kind],
    price_cents_per_kwh && priceOf(price_cents_per_kwh),
    coefficient && words.indexed(asTyped(coefficient, language)),
    cap,
    isPaidByMonth(contract) && words.byMonth,
    ...Object.entries(prices_by_month)
      .sort()
      .map(([month, cents]) => words.monthPrice(monthName(month, language), priceOf(cents))),
  ]
    .filter((part) => !!part)
    .join(' · ');
}
