import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { paymentNoticeWords } from '../../messages/paymentNotices';
import { Answer } from '../../parts/Answer';
import { AskOrganiser } from '../../parts/AskOrganiser';
import { Back, BackToInvoices } from '../../parts/Back';
import { Card } from '../../parts/Card';
import { Download } from '../../parts/Download';
import facts from '../../parts/Facts.module.css';
import { Heading } from '../../parts/Heading';
import { PaymentChip } from '../../parts/PaymentChip';
import tables from '../../parts/Table.module.css';
import { Why } from '../../parts/Why';
import { QrCode } from '../../pictures/QrCode';
import { meQuery } from '../../queries/me';
import { noticePdfOf, noticeQuery, type PaymentNotice } from '../../queries/paymentNotices';
import { fullDay } from '../../words/dates';
import { inFours } from '../../words/forms';
import { OF_OPERATIONS, useLanguage, useWords } from '../../words/language';
import { euros } from '../../words/numbers';
import { transferCode } from '../../words/transferCode';
import { figureCents, noticeSentence } from './noticeSentence';

/** What is to be paid for several documents in one sum, and how. */
export function Notice() {
  const words = useWords(paymentNoticeWords);
  const { id } = useParams({ from: '/inside/invoices/notices/$id' });
  const query = useQuery(noticeQuery(id));
  return (
    <>
      <BackFrom notice={query.data} />
      <Heading>{query.data ? words.title(query.data.number) : words.plainTitle}</Heading>
      <Answer query={query}>{(notice) => <OfNotice notice={notice} />}</Answer>
    </>
  );
}

/** Who pays comes from the invoices, who runs the operation from the notices of the month. */
function BackFrom({ notice }: { notice: PaymentNotice | undefined }) {
  const words = useWords(paymentNoticeWords);
  const { data: me } = useQuery(meQuery);
  if (!notice || notice.customer_id === me?.member_id) return <BackToInvoices />;
  return (
    <Back
      to="/o/$operation/payments/notices"
      params={{ operation: notice.operation_id }}
      search={{ month: notice.made_on.slice(0, 7) }}
    >
      {words.sent}
    </Back>
  );
}

function OfNotice({ notice }: { notice: PaymentNotice }) {
  const words = useWords(paymentNoticeWords);
  const language = useLanguage();
  const { documents, number, payable_cents, account } = notice;
  return (
    <>
      <p>
        <span className={facts.figure}>{euros(figureCents(notice), language)}</span>{' '}
        <span className={facts.weak}>{words.ofSeveral(documents.length)}</span>
      </p>
      <p className={facts.lead}>{noticeSentence(notice, language)}</p>
      <p className={facts.weak}>
        {words.made(notice.customer_name, fullDay(notice.made_on, language))}
      </p>
      {account && <Transfer account={account} cents={payable_cents} />}
      <Documents notice={notice} />
      <Why>
        <p>{words.why}</p>
        <p>{words.alone}</p>
      </Why>
      <div className={facts.actions}>
        <Download name={`${number}.pdf`} load={() => noticePdfOf(notice.id, language)}>
          {words.pdf}
        </Download>
      </div>
      <AskOrganiser operationId={notice.operation_id} />
    </>
  );
}

interface TransferProps {
  account: NonNullable<PaymentNotice['account']>;
  cents: number;
}

function Transfer({ account, cents }: TransferProps) {
  const words = useWords(paymentNoticeWords);
  return (
    <Card title={words.transfer}>
      <QrCode text={transferCode(account, cents)} label={words.code} />
      <dl className={facts.told}>
        <dt>{words.to}</dt>
        <dd lang={OF_OPERATIONS}>{account.name}</dd>
        <dt>{words.iban}</dt>
        <dd>{inFours(account.iban)}</dd>
        <dt>{words.reference}</dt>
        <dd>{inFours(account.reference)}</dd>
      </dl>
    </Card>
  );
}

function Documents({ notice }: { notice: PaymentNotice }) {
  const words = useWords(paymentNoticeWords);
  return (
    <table className={tables.numbers}>
      <caption>{words.documents}</caption>
      <tbody>
        {notice.documents.map((document) => (
          <DocumentRow key={document.invoice_id} document={document} />
        ))}
      </tbody>
      <Sums notice={notice} />
    </table>
  );
}

/** From the total of the invoices to what is left; nothing where all of it is. */
function Sums({ notice }: { notice: PaymentNotice }) {
  const words = useWords(paymentNoticeWords);
  const language = useLanguage();
  const { total_cents, settled_cents, elsewhere_cents, announced_cents, payable_cents } = notice;
  if (payable_cents === total_cents) return null;
  const rows: [string, number][] = [
    [words.sums.total, total_cents],
    [words.sums.settled, -settled_cents],
    [words.sums.elsewhere, -elsewhere_cents],
    [words.sums.announced, -announced_cents],
    [words.sums.payable, payable_cents],
  ];
  const last = rows.length - 1;
  return (
    <tfoot>
      {rows.map(
        ([name, cents], place) =>
          (cents !== 0 || place === last) && (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{euros(cents, language)}</td>
              <td />
            </tr>
          ),
      )}
    </tfoot>
  );
}

function DocumentRow({ document }: { document: PaymentNotice['documents'][number] }) {
  const words = useWords(paymentNoticeWords);
  const language = useLanguage();
  const { invoice_id, kind, number, issuer_name, total_cents, payment, takes_back } = document;
  const isApart = document.is_paid_elsewhere && payment !== null && payment.payable_cents > 0;
  return (
    <tr>
      <th scope="row">
        <Link to="/invoices/$id" params={{ id: invoice_id }}>
          {words.document(kind, number)}
        </Link>
        {takes_back.length > 0 && (
          <div className={facts.weak}>{words.takesBack(takes_back.join(', '))}</div>
        )}
        <div className={facts.weak} lang={OF_OPERATIONS}>
          {issuer_name}
        </div>
      </th>
      <td>{euros(kind === 'credit_note' ? -total_cents : total_cents, language)}</td>
      <td>
        {payment && <PaymentChip state={payment.state} side="bought" />}
        {isApart && <div className={facts.weak}>{words.apart}</div>}
      </td>
    </tr>
  );
}
