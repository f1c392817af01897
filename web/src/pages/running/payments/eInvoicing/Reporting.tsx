import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { reportingWords } from '../../../../messages/running/paymentsReporting';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { Said } from '../../../../parts/Said';
import { SelectField } from '../../../../parts/SelectField';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import { reportSales, type Sums, sumsQuery } from '../../../../queries/eReports';
import { dayAt, fullDay, lastMonthOver } from '../../../../words/dates';
import { fullDayOf } from '../../../../words/instants';
import { useLanguage, useWords } from '../../../../words/language';
import { euros, sum } from '../../../../words/numbers';
import { periodsOver, reportPeriodName } from '../../../../words/reportPeriods';
import { usePaymentsChanged } from '../changed';

const PERIODS = 12;

/** What was sold to households, by the periods of the seller, and its report. */
export function Reporting({ id }: { id: string }) {
  const words = useWords(reportingWords);
  // How often the seller reports is told with any period.
  const query = useQuery(sumsQuery(id, lastMonthOver(new Date())));
  return (
    <Card title={words.title}>
      <p>{words.lead}</p>
      <Answer query={query}>
        {({ frequency, is_certain }) => (
          <>
            <p className={shared.weak}>
              {words.frequencies[frequency]} {!is_certain && words.uncertain}
            </p>
            <Periods id={id} periods={periodsOver(frequency, dayAt(new Date()), PERIODS)} />
          </>
        )}
      </Answer>
    </Card>
  );
}

function Periods({ id, periods }: { id: string; periods: readonly string[] }) {
  const words = useWords(reportingWords);
  const language = useLanguage();
  const [period, setPeriod] = useState(periods[0] ?? '');
  const query = useQuery(sumsQuery(id, period));
  return (
    <>
      <SelectField
        name="period"
        label={words.period}
        options={periods.map((one) => [one, reportPeriodName(one, language)] as const)}
        value={period}
        onChange={setPeriod}
      />
      <Answer query={query}>{(sums) => <OfPeriod key={period} sums={sums} />}</Answer>
    </>
  );
}

function OfPeriod({ sums }: { sums: Sums }) {
  const words = useWords(reportingWords);
  const language = useLanguage();
  const { issuer_id, period, days, closed, is_outdated } = sums;
  const changed = usePaymentsChanged();
  const attempt = useMutation({
    mutationFn: () => reportSales(issuer_id, period),
    onSuccess: changed,
  });
  const last = closed.at(-1);
  if (days.length === 0 && !last) return <p>{words.none}</p>;
  const total = euros(sum(days.map(({ base_cents }) => base_cents)), language);
  return (
    <>
      <Days sums={sums} />
      <p>
        {last
          ? words.reported(closed.length, fullDayOf(last.closed_at, language))
          : words.neverReported}{' '}
        {is_outdated && words.outdated}
      </p>
      <Said>{attempt.isSuccess && words.done}</Said>
      {(!last || is_outdated) && (
        <SendForm attempt={attempt} submit={words.report} onSend={() => attempt.mutate()}>
          <p>{words.effect(total, reportPeriodName(period, language))}</p>
          <TickField name="checked" label={words.checked} isRequired />
        </SendForm>
      )}
    </>
  );
}

function Days({ sums: { days, period } }: { sums: Sums }) {
  const words = useWords(reportingWords);
  const language = useLanguage();
  return (
    <>
      <h3>{words.caption(reportPeriodName(period, language))}</h3>
      <ul className={shared.list}>
        {days.map(({ day, category, transactions, base_cents, vat_cents }) => (
          <li key={`${day} ${category}`}>
            {words.ofDay(
              fullDay(day, language),
              transactions,
              euros(base_cents, language),
              euros(vat_cents, language),
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
