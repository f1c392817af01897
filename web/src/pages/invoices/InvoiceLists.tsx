import { invoicesWords } from '../../messages/invoices';
import facts from '../../parts/Facts.module.css';
import type { InvoiceSummary, Side } from '../../queries/invoices';
import { useWords } from '../../words/language';
import { creditsOf } from '../../words/payments';
import { InvoiceCard, InvoiceRow } from './InvoiceRow';
import styles from './Invoices.module.css';

interface OwedProps {
  /** Those that are owed, however old. */
  owed: InvoiceSummary[];
  /** Those that are here, for their credit notes. */
  all: InvoiceSummary[];
  side: Side;
}

/** Those for which money is still to come, and those that are being debited. */
export function Owed({ owed, all, side }: OwedProps) {
  const words = useWords(invoicesWords);
  // What one pays is a few, what one is paid by all neighbours is a list.
  const Line = side === 'bought' ? InvoiceCard : InvoiceRow;
  const debited = owed.filter(({ payment }) => payment?.state === 'announced');
  const others = owed.filter((invoice) => !debited.includes(invoice));
  return (
    <>
      {(others.length > 0 || debited.length === 0) && (
        <section>
          <h2>{words.owed[side]}</h2>
          {owed.length === 0 && <p>{words.nothingOwed[side]}</p>}
          <Lines invoices={others} all={all} side={side} Line={Line} />
        </section>
      )}
      {debited.length > 0 && (
        <section>
          <h2>{words.beingPaid}</h2>
          <Lines invoices={debited} all={all} side={side} Line={Line} />
        </section>
      )}
    </>
  );
}

interface ListProps {
  invoices: InvoiceSummary[];
  /** Those that are here, for their credit notes. */
  all: InvoiceSummary[];
  side: Side;
}

/** Those for which no money is to come any more. */
export function Settled({ invoices, all, side }: ListProps) {
  const words = useWords(invoicesWords);
  if (invoices.length === 0) return null;
  return (
    <section>
      <h2>{words.settled}</h2>
      <Lines invoices={invoices} all={all} side={side} Line={InvoiceRow} />
    </section>
  );
}

function Lines({ invoices, all, side, Line }: ListProps & { Line: typeof InvoiceRow }) {
  return (
    <ul className={Line === InvoiceCard ? facts.cards : styles.rows}>
      {invoices.map((invoice) => (
        <Line key={invoice.id} invoice={invoice} credits={creditsOf(invoice, all)} side={side} />
      ))}
    </ul>
  );
}
