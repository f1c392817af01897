import { useQuery } from '@tanstack/react-query';
import { invoiceWords } from '../../messages/invoice';
import { Card } from '../../parts/Card';
import facts from '../../parts/Facts.module.css';
import type { Invoice } from '../../queries/invoices';
import { mandatesQuery } from '../../queries/mandates';
import { inFours } from '../../words/forms';
import { useWords } from '../../words/language';
import { isOwed, isStillDebited } from '../../words/payments';

interface TransferProps {
  invoice: Invoice;
  isBought: boolean;
}

/** How to pay by transfer: as the invoice says, or, where no debit pays it after all, as of now. */
export function Transfer({ invoice, isBought }: TransferProps) {
  const words = useWords(invoiceWords);
  const { payment, mentions = [] } = invoice;
  const { name, iban, reference } = payment?.account ?? {};
  const transfer =
    mentions.find(({ code }) => code === 'sepa-transfer')?.facts ??
    (iban && { creditor_name: name, iban, reference });
  const debit = mentions.find(({ code }) => code === 'sepa-direct-debit');
  const { data: mandates } = useQuery({ ...mandatesQuery, enabled: isBought && !!debit });
  const isToBeDebited = debit && (!mandates || isStillDebited(debit.facts.rum, mandates));
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
        <dd>{inFours(transfer.reference ?? '')}</dd>
      </dl>
    </Card>
  );
}
