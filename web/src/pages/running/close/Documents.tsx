import { Link } from '@tanstack/react-router';
import { billingWords } from '../../../messages/running/billing';
import { PdfButton } from '../../../parts/PdfButton';
import tables from '../../../parts/Table.module.css';
import type { RunDocument } from '../../../queries/runs';
import { anomalyText } from '../../../words/codes';
import { periodName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { euros } from '../../../words/numbers';
import { lookedAtFirst } from '../../../words/runs';
import { useNames } from '../names';
import styles from './Close.module.css';

interface DocumentsProps {
  operation: string;
  documents: readonly RunDocument[];
  /** Where nothing is to be decided any more. */
  isFolded?: boolean;
}

/** The documents of a run, those with something unusual first. */
export function Documents({ operation, documents, isFolded = false }: DocumentsProps) {
  const words = useWords(billingWords);
  if (!isFolded) return <InTable operation={operation} documents={documents} />;
  return (
    <details>
      <summary>{words.documents}</summary>
      <InTable operation={operation} documents={documents} />
    </details>
  );
}

function InTable({ operation, documents }: Omit<DocumentsProps, 'isFolded'>) {
  const words = useWords(billingWords);
  const hasPeriods = new Set(documents.map(({ period_from }) => period_from)).size > 1;
  const hasFiles = documents.some(({ number }) => number !== null);
  return (
    <table className={tables.table}>
      <caption>{words.documents}</caption>
      <thead>
        <tr>
          <th scope="col">{words.customer}</th>
          <th scope="col">{words.look}</th>
          <th className={tables.number} scope="col">
            {words.total}
          </th>
          {hasFiles && <th scope="col">PDF</th>}
        </tr>
      </thead>
      <tbody>
        {lookedAtFirst(documents).map((document) => (
          <Row
            key={document.id}
            operation={operation}
            document={document}
            hasFile={hasFiles}
            hasPeriod={hasPeriods}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  operation: string;
  document: RunDocument;
  hasFile: boolean;
  /** Where the documents are of several months. */
  hasPeriod: boolean;
}

function Row({ operation, document, hasFile, hasPeriod }: RowProps) {
  const words = useWords(billingWords);
  const language = useLanguage();
  const names = useNames(operation);
  const { id, kind, customer_name, anomalies, total_incl_vat_cents } = document;
  const { period_from, period_to } = document;
  return (
    <tr>
      <th scope="row">
        <Link to="/o/$operation/bills/documents/$document" params={{ operation, document: id }}>
          {customer_name}
        </Link>
        {kind === 'credit_note' && ` (${words.kind[kind]})`}
        {hasPeriod && ` · ${periodName(period_from, period_to, language)}`}
      </th>
      <td className={styles.look}>
        {anomalies.map((anomaly) => anomalyText(anomaly, names, language)).join(' · ')}
      </td>
      <td className={tables.number}>
        {euros(kind === 'credit_note' ? -total_incl_vat_cents : total_incl_vat_cents, language)}
      </td>
      {hasFile && (
        <td className={tables.number}>
          <PdfButton invoice={document} />
        </td>
      )}
    </tr>
  );
}
