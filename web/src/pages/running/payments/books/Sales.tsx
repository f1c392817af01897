import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { bookWords } from '../../../../messages/running/paymentsBooks';
import { Card } from '../../../../parts/Card';
import { Download } from '../../../../parts/Download';
import { SelectField } from '../../../../parts/SelectField';
import { loadStatements } from '../../../../queries/monthFiles';
import { lastMonthOver, monthLater, monthName } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';

const MONTHS = 12;

/** What each producer sold in a month, on paper. */
export function Sales() {
  const words = useWords(bookWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const last = lastMonthOver(new Date());
  const months = Array.from({ length: MONTHS }, (_, before) => monthLater(last, -before));
  const [month, setMonth] = useState(last);
  return (
    <Card title={words.statements}>
      <p>{words.lastMonths}</p>
      <SelectField
        name="month"
        label={words.month}
        options={months.map((one) => [one, monthName(one, language)] as const)}
        value={month}
        onChange={setMonth}
      />
      <Download
        name={`${operation}-${month}-sales.pdf`}
        load={() => loadStatements(operation, month, language)}
      >
        {words.statementsLoad}
      </Download>
    </Card>
  );
}
