import { invoiceWords } from '../../messages/invoice';
import { Card } from '../../parts/Card';
import facts from '../../parts/Facts.module.css';
import type { Invoice } from '../../queries/invoices';
import { inFours } from '../../words/forms';
import { useWords } from '../../words/language';
import { isOwed } from '../../words/payments';

interface TransferProps {
  invoice: Invoice;
  isBought: boolean;
}

/** How to pay by transfer: as the invoice says, or, where a debit was to pay it, as of now. */
export function Transfer({ invoice, isBought }: TransferProps) {
  const words = useWords(invoiceWords);
  const { payment, mentions = [] } = invoice;
  const { name, iban } = payment?.account ?? {};
  const transfer =
    mentions.find(({ code }) => code === 'sepa-transfer')?.facts ??
    (iban && { creditor_name: name, iban, number: invoice.number });
  const isToBeDebited = mentions.some(({ code }) => code === 'sepa-direct-debit');
  const isDebited = payment?.state === 'announced' || (isToBeDebited && payment?.state === 'open');
  if (!isBought || !isOwed(payment) || isDebited || !transfer) return null;
  return (
    <Card title={words.transfer}>
      <dl className={facts.told}>
        <dt>{words.transferTo}</dt>
        <dd>{transfer.creditor_name}</dd>
        <dt>{words.transferIban}</dt>
        <dd>{inFours(transfer.iban ?? '')}</dd>
        <dt>{words.transferReference}</dt>
        <dd>{transfer.number}</dd>
      </dl>
    </Card>
  );
}
