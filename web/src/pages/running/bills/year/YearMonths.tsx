import { yearWords } from '../../../../messages/running/year';
import tables from '../../../../parts/Table.module.css';
import type { YearlyReport } from '../../../../queries/yearlyReports';
import { monthName } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { kwh } from '../../../../words/numbers';

/** The energies of the months of a year that are closed. */
export function YearMonths({ months }: Pick<YearlyReport, 'months'>) {
  const words = useWords(yearWords);
  const language = useLanguage();
  return (
    <table className={tables.numbers}>
      <caption>{words.months}</caption>
      <thead>
        <tr>
          <th scope="col">{words.month}</th>
          {([words.consumption, words.production, words.shared] as const).map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {months.map(({ month, energies }) => (
          <tr key={month}>
            <th scope="row">{monthName(month, language)}</th>
            <td>{kwh(energies.consumption_wmin, language)}</td>
            <td>{kwh(energies.production_wmin, language)}</td>
            <td>{kwh(energies.shared_wmin, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
