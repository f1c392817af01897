import { surplusWords } from '../../../../messages/running/surplus';
import tables from '../../../../parts/Table.module.css';
import type { Sales } from '../../../../queries/surplus';
import { monthName } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros, inKwh, sum } from '../../../../words/numbers';
import { useNames } from '../../names';

export interface OfSales {
  operation: string;
  month: string;
  sales: readonly Sales[];
}

/** Energy and revenue of each plant, by the state of its invoices. */
export function Sold({ operation, month, sales }: OfSales) {
  const words = useWords(surplusWords);
  const language = useLanguage();
  const names = useNames(operation);
  return (
    <table className={tables.numbers}>
      <caption>{words.soldIn(monthName(month, language))}</caption>
      <thead>
        <tr>
          <th scope="col">{words.plant}</th>
          <th scope="col">{words.sold}</th>
          <th scope="col">{words.revenue}</th>
        </tr>
      </thead>
      <tbody>
        {sales.map(({ producer, issuer_id, state, energy_wmin, revenue_excl_vat_cents }) => (
          <tr key={`${producer} ${issuer_id} ${state}`}>
            <th scope="row">
              {`${names.ofPoint(producer)}, ${state ? words.states[state] : words.noState}`}
            </th>
            <td>{inKwh(energy_wmin, language, 0)}</td>
            <td>{euros(revenue_excl_vat_cents, language)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{words.total}</th>
          <td>{inKwh(sum(sales.map(({ energy_wmin }) => energy_wmin)), language, 0)}</td>
          <td>
            {euros(
              sum(sales.map(({ revenue_excl_vat_cents }) => revenue_excl_vat_cents)),
              language,
            )}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
