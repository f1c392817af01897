import { useQuery } from '@tanstack/react-query';
import { billingWords } from '../../../messages/running/billing';
import { closeWords } from '../../../messages/running/close';
import { Card } from '../../../parts/Card';
import { Download } from '../../../parts/Download';
import facts from '../../../parts/Facts.module.css';
import {
  loadCompleteness,
  loadReconciliation,
  loadShares,
  loadStatements,
} from '../../../queries/monthFiles';
import { documentsQuery } from '../../../queries/runs';
import { reconciliationQuery, settlementsQuery } from '../../../queries/settlements';
import { useLanguage, useWords } from '../../../words/language';
import { BookFiles } from './BookFiles';
import type { OfMonth } from './Step';

/** What is worked on elsewhere: in a spreadsheet, or on paper. */
export function Files({ operation, month }: OfMonth) {
  const words = useWords(billingWords);
  const { files } = useWords(closeWords);
  const language = useLanguage();
  const { data: settlements = [] } = useQuery(settlementsQuery(operation, month));
  const { data: compared } = useQuery(reconciliationQuery(operation, month));
  const { data: documents = [] } = useQuery(documentsQuery(operation, month));
  const issueDate = documents
    .flatMap(({ issue_date }) => issue_date ?? [])
    .sort()
    .at(-1);
  const name = (what: string) => `${operation}-${month}-${what}`;
  return (
    <Card title={files}>
      <div className={facts.actions}>
        <Download name={name('readings.csv')} load={() => loadCompleteness(operation, month)}>
          {words.completenessCsv}
        </Download>
        <Download name={name('shares.csv')} load={() => loadShares(operation, month)}>
          {words.sharesCsv}
        </Download>
        {compared && (
          <Download name={name('dso.csv')} load={() => loadReconciliation(operation, month)}>
            {words.reconciliationCsv}
          </Download>
        )}
        {settlements.length > 0 && (
          <Download
            name={name('sales.pdf')}
            load={() => loadStatements(operation, month, language)}
          >
            {words.statements}
          </Download>
        )}
      </div>
      {issueDate && <BookFiles operation={operation} issueDate={issueDate} />}
    </Card>
  );
}
