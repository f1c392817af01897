import { Link, useParams } from '@tanstack/react-router';
import { openWords } from '../../../../messages/running/paymentsOpen';
import shared from '../../../../parts/Together.module.css';
import type { CustomerBalance, OpenItem } from '../../../../queries/openItems';
import type { Schedule } from '../../../../queries/reminders';
import { dayAt, fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { nextReminder } from '../../../../words/reminders';
import styles from '../Payments.module.css';
import { WritingOff } from './WritingOff';

interface OfCustomerProps {
  seller: string;
  balance: CustomerBalance;
  schedules: readonly Schedule[];
}

/** A customer with their open invoices, the oldest first, and what can be done about them. */
export function OfCustomer({ seller, balance, schedules }: OfCustomerProps) {
  const language = useLanguage();
  const { customer_name, open_cents, items } = balance;
  return (
    <li>
      <div className={styles.customer}>
        <h3 className={shared.title}>{customer_name}</h3>
        <span className={styles.sum}>{euros(open_cents, language)}</span>
      </div>
      <ul className={styles.items}>
        {items.map((item) => (
          <Item key={item.invoice_id} item={item} schedules={schedules} />
        ))}
      </ul>
      <WritingOff seller={seller} balance={balance} />
    </li>
  );
}

function Item({ item, schedules }: { item: OpenItem; schedules: readonly Schedule[] }) {
  const words = useWords(openWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const { invoice_id, number, due_date, days_overdue, open_cents } = item;
  return (
    <li>
      <Link
        to="/o/$operation/bills/documents/$document"
        params={{ operation, document: invoice_id }}
      >
        {number}
      </Link>
      {` · ${words.left(euros(open_cents, language))} · ${words.due(fullDay(due_date, language))}`}
      {days_overdue > 0 && (
        <>
          {' · '}
          <span className={shared.alert}>{words.late(days_overdue)}</span>
        </>
      )}
      <span className={`${shared.weak} ${styles.below}`}>
        <Reminders item={item} schedules={schedules} />
      </span>
    </li>
  );
}

/** What was sent, and what comes next. */
function Reminders({ item, schedules }: { item: OpenItem; schedules: readonly Schedule[] }) {
  const words = useWords(openWords);
  const language = useLanguage();
  const { open_cents, in_collection, doubtful_cents, reminder_level, reminded_on } = item;
  if (open_cents < 0) return words.isCredit;
  if (in_collection) return words.debited;
  const next = nextReminder(item, schedules);
  const isDue = next !== null && next <= dayAt(new Date());
  const told = [
    reminded_on && words.sent(reminder_level, fullDay(reminded_on, language)),
    doubtful_cents !== 0 && words.doubtful,
    isDue && words.dueNow,
    next && !isDue && words.next(fullDay(next, language), reminder_level + 1),
    !next && doubtful_cents === 0 && words.noMore,
  ];
  return told.filter(Boolean).join(', ');
}
