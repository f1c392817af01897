import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { billsWords } from '../../messages/bills';
import { Answer } from '../../parts/Answer';
import { AskOrganiser } from '../../parts/AskOrganiser';
import { BackToMonth } from '../../parts/Back';
import facts from '../../parts/Facts.module.css';
import { Heading } from '../../parts/Heading';
import { Coloured, Legend } from '../../parts/Legend';
import { OfPoint } from '../../parts/OfPoint';
import { OtherMonths } from '../../parts/OtherMonths';
import { Why } from '../../parts/Why';
import { BillBars } from '../../pictures/BillBars';
import { type BothBills, bothBillsQuery, missingOf } from '../../queries/bills';
import type { OwnParticipation } from '../../queries/me';
import { monthsQuery } from '../../queries/months';
import { monthName } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { euros, kwh } from '../../words/numbers';
import { BillLines } from './BillLines';
import { Offer } from './Offer';

/** Both bills of a month, the operation's and the supplier's, against one without the operation. */
export function Bills() {
  const words = useWords(billsWords);
  const language = useLanguage();
  const { month } = useParams({ from: '/inside/bills/$month' });
  const { point: number } = useSearch({ from: '/inside/bills/$month' });
  return (
    <>
      <BackToMonth month={month} number={number} />
      <Heading>{words.title(monthName(month, language))}</Heading>
      <OfPoint number={number}>
        {(point) => (
          <>
            <SettledMonths point={point} number={number} month={month} />
            <OfMonth key={month} point={point} month={month} />
            <AskOrganiser operationId={point.operation_id} />
          </>
        )}
      </OfPoint>
    </>
  );
}

interface SettledMonthsProps {
  point: OwnParticipation;
  number: number;
  month: string;
}

/** The settled months before and after: of others there are no bills yet. */
function SettledMonths({ point, number, month }: SettledMonthsProps) {
  const { data: months = [] } = useQuery(monthsQuery(point.operation_id, point.prm));
  const settled = months.filter(({ settlement }) => settlement !== null);
  return (
    <OtherMonths
      month={month}
      months={settled}
      pageOf={(other) => ({
        to: '/bills/$month',
        params: { month: other },
        search: { point: number },
      })}
    />
  );
}

function OfMonth({ point, month }: { point: OwnParticipation; month: string }) {
  const query = useQuery(bothBillsQuery(point.prm, month));
  const missing = missingOf(query.error);
  const isOffer = missing.includes('offer-missing');
  return (
    <>
      {missing.length > 0 && query.data === undefined ? (
        <Missing codes={missing} />
      ) : (
        <Answer query={query}>{(bills) => <Compared bills={bills} />}</Answer>
      )}
      {(query.data || isOffer) && (
        <Offer
          prm={point.prm}
          month={month}
          assumed={query.data?.reference_offers.at(-1)}
          isWanted={isOffer}
        />
      )}
      {query.data && <BillLines bills={query.data} />}
    </>
  );
}

function Missing({ codes }: { codes: string[] }) {
  const words = useWords(billsWords);
  return (
    <section role="status">
      <h2>{words.missing}</h2>
      {[...new Set(codes.map((code) => words.reasons[code] ?? words.otherReason))].map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
    </section>
  );
}

function Compared({ bills }: { bills: BothBills }) {
  const words = useWords(billsWords);
  const language = useLanguage();
  const { without, supplier, local, saving_incl_vat_cents: saving, reference_offers } = bills;
  const assumed = reference_offers.at(-1);
  const [alone, rest, own] = [without.totals, supplier.totals, local.totals].map((totals) =>
    euros(totals.incl_vat_cents, language),
  ) as [string, string, string];
  const sentence = words.sentence(alone, rest, own);
  const name = assumed && (language === 'fr' ? assumed.name_fr : assumed.name_en);
  return (
    <>
      <p>
        <span className={facts.figure}>
          {assumed && '≈ '}
          {euros(Math.abs(saving), language)}
        </span>{' '}
        {saving > 0 && words.saved}
        {saving < 0 && words.notSaved}
        {saving === 0 && words.same}
      </p>
      <p className={facts.weak}>
        {name ? words.assumed(`${name}, ${assumed.subscribed_kva} kVA`) : words.own}
      </p>
      <p className={facts.lead}>
        {sentence}{' '}
        {words.ofAll(kwh(bills.local_wmin, language), kwh(bills.consumption_wmin, language))}
      </p>
      <Why>
        <p>{words.why}</p>
      </Why>
      <BillBars
        name={words.picture}
        sentence={sentence}
        bars={[
          {
            name: words.without,
            total: alone,
            parts: [{ kind: 'grid', name: words.supplier, value: without.totals.incl_vat_cents }],
          },
          {
            name: words.with,
            total: euros(bills.with_incl_vat_cents, language),
            parts: [
              { kind: 'grid', name: words.supplier, value: supplier.totals.incl_vat_cents },
              { kind: 'local', name: words.local, value: local.totals.incl_vat_cents },
            ],
          },
        ]}
      />
      <Legend>
        <li>
          <Coloured colour="grid">{words.supplier}</Coloured>
        </li>
        <li>
          <Coloured colour="local">{words.local}</Coloured>
        </li>
      </Legend>
      {saving <= 0 && <Networks bills={bills} />}
    </>
  );
}

/** Why local energy is not cheaper by all that the supplier no longer gives. */
function Networks({ bills }: { bills: BothBills }) {
  const isFrench = useLanguage() === 'fr';
  const remark = bills.remarks.find(({ code }) => code === 'networks-of-local');
  return remark && <p>{isFrench ? remark.text_fr : remark.text_en}</p>;
}
