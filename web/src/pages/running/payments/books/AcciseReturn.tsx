import { taxReturnWords } from '../../../../messages/running/paymentsTaxes';
import { taxesWords } from '../../../../messages/running/taxes';
import tables from '../../../../parts/Table.module.css';
import type { AcciseFigures, TaxReturn } from '../../../../queries/taxReturns';
import { useLanguage, useWords } from '../../../../words/language';
import { decimal, euros, plainNumber, WMIN_PER_KWH, whole } from '../../../../words/numbers';
import { taxPeriodName } from '../../../../words/taxPeriods';
import { Declared } from './Declared';

/** To the Wh. */
const MWH_DECIMALS = 6;

/** The accise by category and rate, and the energy that is exempt. */
export function AcciseReturn({ figures: { period, accise } }: { figures: TaxReturn }) {
  const words = useWords(taxReturnWords);
  const { category: categories } = useWords(taxesWords);
  const language = useLanguage();
  if (accise.length === 0) return null;
  const mwh = (wmin: number) => decimal(wmin / (1000 * WMIN_PER_KWH), MWH_DECIMALS, language);
  const named = ({ category, rate_eur_per_mwh }: AcciseFigures) =>
    category === null
      ? words.exempt
      : `${categories[category]}, ${words.perMwh(plainNumber(Number(rate_eur_per_mwh), language))}`;
  return (
    <>
      <div className={tables.scroll}>
        <table className={tables.numbers}>
          <caption>{words.accise(taxPeriodName(period, language))}</caption>
          <thead>
            <tr>
              <th scope="col">{words.category}</th>
              <th scope="col">{words.energy}</th>
              <th scope="col">{words.charged}</th>
              <th scope="col">{words.amount}</th>
            </tr>
          </thead>
          <tbody>
            {accise.map((rate) => (
              <tr key={named(rate)}>
                <th scope="row">{named(rate)}</th>
                <td className={tables.number}>{mwh(rate.energy_wmin)}</td>
                <td className={tables.number}>{whole(rate.quantity_kwh, language)}</td>
                <td className={tables.number}>{euros(rate.amount_cents, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {accise.map((rate) => (
        <Declared
          key={named(rate)}
          title={words.documents(named(rate))}
          columns={[words.energy, words.amount]}
          rows={rate.documents.map((document) => ({
            document,
            cells: [mwh(document.energy_wmin), euros(document.amount_cents, language)],
          }))}
        />
      ))}
    </>
  );
}
