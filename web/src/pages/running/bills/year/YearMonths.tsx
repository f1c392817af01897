import { yearWords } from '../../../../messages/running/year';
import shared from '../../../../parts/Together.module.css';
import type { YearlyReport } from '../../../../queries/yearlyReports';
import { monthName } from '../../../../words/dates';
import { colon, useLanguage, useWords } from '../../../../words/language';
import { kwh } from '../../../../words/numbers';

/** The energies of the months of a year that are closed. */
export function YearMonths({ months }: Pick<YearlyReport, 'months'>) {
  const words = useWords(yearWords);
  const language = useLanguage();
  const told = (word: string, wmin: number) => word + colon(language) + kwh(wmin, language);
  return (
    <>
      <h2>{words.months}</h2>
      <ul className={shared.list}>
        {months.map(({ month, energies }) => (
          <li key={month}>
            <p className={shared.plain}>{monthName(month, language)}</p>
            <p className={shared.weak}>
              {[
                told(words.consumption, energies.consumption_wmin),
                told(words.production, energies.production_wmin),
                told(words.shared, energies.shared_wmin),
              ].join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
