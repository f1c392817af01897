import { yearWords } from '../../../../messages/running/year';
import tables from '../../../../parts/Table.module.css';
import type { YearlyReport } from '../../../../queries/yearlyReports';
import { useLanguage, useWords } from '../../../../words/language';
import { euros, kwh, pricePerKwh } from '../../../../words/numbers';
import { useNames } from '../../names';

interface YearSalesProps extends Pick<YearlyReport, 'producers'> {
  operation: string;
}

/** What each plant sold in a year. */
export function YearSales({ operation, producers }: YearSalesProps) {
  const words = useWords(yearWords);
  const language = useLanguage();
  const names = useNames(operation);
  return (
    <table className={tables.numbers}>
      <caption>{words.sales}</caption>
      <thead>
        <tr>
          <th scope="col">{words.plant}</th>
          {([words.sold, words.mean, words.revenue] as const).map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {producers.map(({ producer, energy_wmin, mean_eur_per_kwh, revenue_cents, fees_cents }) => (
          <tr key={producer}>
            <th scope="row">{names.ofPoint(producer)}</th>
            <td>{kwh(energy_wmin, language)}</td>
            <td>
              {mean_eur_per_kwh === null ? '–' : pricePerKwh(Number(mean_eur_per_kwh), language)}
            </td>
            <td>
              {euros(revenue_cents, language)}
              {fees_cents > 0 && ` (${words.fees(euros(fees_cents, language))})`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
