import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { paymentNoticeWords } from '../../../../messages/paymentNotices';
import { paymentsWords } from '../../../../messages/running/payments';
import { Answer } from '../../../../parts/Answer';
import { Back } from '../../../../parts/Back';
import { Heading } from '../../../../parts/Heading';
import { OtherMonths } from '../../../../parts/OtherMonths';
import tables from '../../../../parts/Table.module.css';
import shared from '../../../../parts/Together.module.css';
import { Why } from '../../../../parts/Why';
import { noticesQuery, type PaymentNotice } from '../../../../queries/paymentNotices';
import { monthAt, monthLater, monthName } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros, sum } from '../../../../words/numbers';

/** The payment notices of a month: what each asked for, what is left, how it stands. */
export function Notices() {
  const words = useWords(paymentNoticeWords);
  const ofPayments = useWords(paymentsWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const today = monthAt(new Date());
  const { month = today } = useSearch({ from: '/inside/o/$operation/payments/notices' });
  const query = useQuery(noticesQuery(operation, month));
  const others = [-1, 1].map((count) => ({ month: monthLater(month, count) }));
  return (
    <>
      <Back to="/o/$operation/payments" params={{ operation }}>
        {ofPayments.title}
      </Back>
      <Heading>{words.sent}</Heading>
      <h2>{words.inMonth(monthName(month, language))}</h2>
      <OtherMonths
        month={month}
        months={others.filter((other) => other.month <= today)}
        pageOf={(other) => ({
          to: '/o/$operation/payments/notices',
          params: { operation },
          search: { month: other },
        })}
      />
      <Why>
        <p>{words.why}</p>
      </Why>
      <Answer query={query}>
        {(notices) => (notices.length === 0 ? <p>{words.none}</p> : <OfMonth notices={notices} />)}
      </Answer>
    </>
  );
}

function OfMonth({ notices }: { notices: PaymentNotice[] }) {
  const words = useWords(paymentNoticeWords);
  const language = useLanguage();
  return (
    <table className={tables.numbers}>
      <thead>
        <tr>
          <th scope="col">{words.customer}</th>
          <th scope="col">{words.total}</th>
          <th scope="col">{words.left}</th>
          <th scope="col">{words.state}</th>
        </tr>
      </thead>
      <tbody>
        {notices.map((notice) => (
          <tr key={notice.id}>
            <th scope="row">
              {notice.customer_name}{' '}
              <Link to="/invoices/notices/$id" params={{ id: notice.id }}>
                {notice.number}
              </Link>
            </th>
            <td>{euros(notice.total_cents, language)}</td>
            <td>{euros(leftOf(notice), language)}</td>
            <td className={isLate(notice) ? shared.alert : undefined}>
              {words.states[notice.state]}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{words.all}</th>
          <td>{euros(sum(notices.map(({ total_cents }) => total_cents)), language)}</td>
          <td>{euros(sum(notices.map(leftOf)), language)}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

function leftOf({ payable_cents, announced_cents }: PaymentNotice): number {
  return payable_cents + announced_cents;
}

function isLate({ state }: PaymentNotice): boolean {
  return state === 'overdue' || state === 'rejected';
}
