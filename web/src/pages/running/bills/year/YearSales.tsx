import { yearWords } from '../../../../messages/running/year';
import shared from '../../../../parts/Together.module.css';
import type { YearlyReport } from '../../../../queries/yearlyReports';
import { colon, useLanguage, useWords } from '../../../../words/language';
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
  const told = (word: string, value: string) => word + colon(language) + value;
  return (
    <>
      <h2>{words.sales}</h2>
      <ul className={shared.list}>
        {producers.map(({ producer, energy_wmin, mean_eur_per_kwh, revenue_cents, fees_cents }) => (
          <li key={producer}>
            <p className={shared.plain}>{names.ofPoint(producer)}</p>
            <p className={shared.weak}>
              {[
                told(words.sold, kwh(energy_wmin, language)),
                mean_eur_per_kwh &&
                  told(words.mean, pricePerKwh(Number(mean_eur_per_kwh), language)),
                told(words.revenue, euros(revenue_cents, language)),
                fees_cents > 0 && words.fees(euros(fees_cents, language)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
