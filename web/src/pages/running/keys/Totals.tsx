import { simulationWords } from '../../../messages/running/simulations';
import tables from '../../../parts/Table.module.css';
import type { Outcome } from '../../../queries/simulations';
import { useLanguage, useWords } from '../../../words/language';
import { decimal, kwh, percent, wholeEuros } from '../../../words/numbers';
import styles from './Compared.module.css';

export interface Named {
  name: string;
  outcome: Outcome;
}

/** What each key gives in all: energy, how even it is, and money. */
export function Totals({ compared }: { compared: readonly Named[] }) {
  const words = useWords(simulationWords);
  const language = useLanguage();
  const { rows } = words;
  const figures: readonly [string, (outcome: Outcome) => string][] = [
    [rows.shared, ({ shared_wmin }) => kwh(shared_wmin, language, 0)],
    [rows.surplus, ({ surplus_wmin }) => kwh(surplus_wmin, language, 0)],
    [rows.selfConsumption, (outcome) => percent(outcome.self_consumption_rate, language)],
    [rows.coverage, (outcome) => percent(outcome.self_sufficiency_rate, language)],
    [rows.lowest, ({ lowest_coverage }) => percent(lowest_coverage, language)],
    [
      rows.gini,
      ({ gini_of_coverage: gini }) => (gini === null ? '–' : decimal(gini * 100, 0, language)),
    ],
    [rows.savings, ({ savings_cents }) => wholeEuros(savings_cents, language)],
    [rows.revenue, ({ revenue_cents }) => wholeEuros(revenue_cents, language)],
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by arrow keys
    <section className={tables.scroll} aria-label={words.totals} tabIndex={0}>
      <table className={`${tables.numbers} ${styles.totals}`}>
        <caption>{words.quantity}</caption>
        <thead>
          <tr>
            <td />
            {compared.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.map(([name, figure]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {compared.map((one) => (
                <td key={one.name}>{figure(one.outcome)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
