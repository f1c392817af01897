import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { openWords } from '../../../../messages/running/paymentsOpen';
import shared from '../../../../parts/Together.module.css';
import { writeOffsQuery } from '../../../../queries/debts';
import { documentsInQuery } from '../../../../queries/owed';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';

/** What a seller no longer waits for, and why. */
export function WrittenOff({ seller }: { seller: string }) {
  const words = useWords(openWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const { data: writeOffs = [] } = useQuery(writeOffsQuery(seller));
  const { data: documents = [] } = useQuery(documentsInQuery(operation));
  if (writeOffs.length === 0) return null;
  return (
    <details>
      <summary>{words.writtenOff(writeOffs.length)}</summary>
      <ul className={shared.list}>
        {writeOffs.map(({ id, invoice_id, kind, amount_cents, day, reason }) => {
          const document = documents.find((one) => one.id === invoice_id);
          return (
            <li key={id}>
              {document && (
                <>
                  <Link
                    to="/o/$operation/bills/documents/$document"
                    params={{ operation, document: invoice_id }}
                  >
                    {document.number}
                  </Link>
                  {` · ${document.customer.name} · `}
                </>
              )}
              {words.wroteOff[kind](euros(amount_cents, language), fullDay(day, language))}
              <span className={shared.weak}> {reason}</span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
