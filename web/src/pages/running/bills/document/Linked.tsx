import { Link } from '@tanstack/react-router';
import { billDocumentWords } from '../../../../messages/running/billDocument';
import type { DocumentLinks } from '../../../../queries/invoices';
import { useWords } from '../../../../words/language';

interface LinkedProps {
  operation: string;
  links: DocumentLinks;
}

/** The documents that one corrects, and those that correct it. */
export function Linked({ operation, links: { refers_to, referred_by } }: LinkedProps) {
  const words = useWords(billDocumentWords);
  if (refers_to.length + referred_by.length === 0) return null;
  return (
    <section>
      <h2>{words.links}</h2>
      <ul>
        {[...refers_to, ...referred_by].map(({ id, kind, number }) => (
          <li key={id}>
            <Link to="/o/$operation/bills/documents/$document" params={{ operation, document: id }}>
              {number === null
                ? words.draft[kind]
                : kind === 'credit_note'
                  ? words.creditNote(number)
                  : words.invoice(number)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
