import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { taxReturnWords } from '../../../../messages/running/paymentsTaxes';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { Download } from '../../../../parts/Download';
import { SelectField } from '../../../../parts/SelectField';
import tables from '../../../../parts/Table.module.css';
import { loadTaxReturn, type TaxReturn, taxReturnQuery } from '../../../../queries/taxReturns';
import { useLanguage, useWords } from '../../../../words/language';
import { euros, fraction } from '../../../../words/numbers';
import { taxPeriodName, taxPeriods } from '../../../../words/taxPeriods';
import { AcciseReturn } from './AcciseReturn';
import { Declared } from './Declared';

const MONTHS = 12;

/** What a seller declares of a month or a quarter, with the documents behind each figure. */
export function TaxReturns({ id }: { id: string }) {
  const words = useWords(taxReturnWords);
  const language = useLanguage();
  const periods = taxPeriods(new Date(), MONTHS);
  const [period, setPeriod] = useState(periods.find((one) => !one.includes('Q')) ?? '');
  const query = useQuery(taxReturnQuery(id, period));
  return (
    <Card title={words.title}>
      <p>{words.lead}</p>
      <SelectField
        name="period"
        label={words.period}
        options={periods.map((one) => [one, taxPeriodName(one, language)] as const)}
        value={period}
        onChange={setPeriod}
      />
      <Answer query={query}>
        {(figures) =>
          figures.vat.length === 0 ? (
            <p>{words.none}</p>
          ) : (
            <>
              <VatReturn figures={figures} />
              <AcciseReturn figures={figures} />
              <Download name={`TVA-${period}.csv`} load={() => loadTaxReturn(id, period)}>
                {words.load}
              </Download>
            </>
          )
        }
      </Answer>
    </Card>
  );
}

function VatReturn({ figures: { period, vat } }: { figures: TaxReturn }) {
  const words = useWords(taxReturnWords);
  const language = useLanguage();
  const named = (rate: string) =>
    Number(rate) === 0 ? words.withoutVat : fraction(rate, language);
  return (
    <>
      <div className={tables.scroll}>
        <table className={tables.numbers}>
          <caption>{words.vat(taxPeriodName(period, language))}</caption>
          <thead>
            <tr>
              <th scope="col">{words.rate}</th>
              <th scope="col">{words.base}</th>
              <th scope="col">{words.tax}</th>
            </tr>
          </thead>
          <tbody>
            {vat.map(({ rate, base_cents, vat_cents }) => (
              <tr key={rate}>
                <th scope="row">{named(rate)}</th>
                <td className={tables.number}>{euros(base_cents, language)}</td>
                <td className={tables.number}>{euros(vat_cents, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {vat.map(({ rate, documents }) => (
        <Declared
          key={rate}
          title={words.documents(named(rate))}
          columns={[words.base, words.tax]}
          rows={documents.map((document) => ({
            document,
            cells: [euros(document.base_cents, language), euros(document.vat_cents, language)],
          }))}
        />
      ))}
    </>
  );
}
