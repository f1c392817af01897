import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { depositWords } from '../../../messages/running/deposits';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { FileField } from '../../../parts/FileField';
import { SendForm } from '../../../parts/SendForm';
import {
  depositFile,
  depositForecast,
  previewFile,
  previewForecast,
} from '../../../queries/deposits';
import { type Perimeter, perimeterQuery } from '../../../queries/perimeters';
import { type Policy, policyQuery } from '../../../queries/shares';
import { fileIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { consumersDuring } from '../../../words/standing';
import { useChanged } from '../close/changed';
import type { OfMonth } from '../close/Step';
import { CalendarForm } from './CalendarForm';
import { SharesPreview } from './SharesPreview';

interface DepositingProps extends OfMonth {
  /** Whether nothing is deposited so far. */
  isFirst: boolean;
}

/** The ways to deposit: rules by calendar, a forecast, or a file of one's own. */
export function Depositing({ operation, month, isFirst }: DepositingProps) {
  const words = useWords(depositWords);
  const perimeter = useQuery(perimeterQuery(operation));
  const policy = useQuery(policyQuery(operation));
  return (
    <Card title={isFirst ? words.deposit : words.again}>
      {!isFirst && <p>{words.againHelp}</p>}
      <details>
        <summary>{words.byRules}</summary>
        <Answer query={perimeter}>
          {(known) => (
            <CalendarForm
              operation={operation}
              month={month}
              consumers={consumersDuring(known, month)}
            />
          )}
        </Answer>
      </details>
      <details>
        <summary>{words.byForecast}</summary>
        <p>{words.forecastHelp}</p>
        <OfForecast operation={operation} month={month} />
      </details>
      <details>
        <summary>{words.byFile}</summary>
        <Answer query={perimeter}>
          {(known) => (
            <Answer query={policy}>
              {(chosen) => (
                <OfFile operation={operation} month={month} perimeter={known} policy={chosen} />
              )}
            </Answer>
          )}
        </Answer>
      </details>
    </Card>
  );
}

function OfForecast({ operation, month }: OfMonth) {
  const words = useWords(depositWords);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: () => depositForecast(operation, month),
    onSuccess: changed,
  });
  return (
    <SendForm
      attempt={attempt}
      submit={words.depositForecast}
      onSend={() => attempt.mutate()}
      isWide
    >
      <SharesPreview operation={operation} load={() => previewForecast(operation, month)} />
    </SendForm>
  );
}

interface OfFileProps extends OfMonth {
  perimeter: Perimeter;
  policy: Policy;
}

function OfFile({ operation, month, perimeter, policy }: OfFileProps) {
  const words = useWords(depositWords);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (file: File) => depositFile(operation, month, file),
    onSuccess: changed,
  });
  const [chosen, setChosen] = useState<File>();
  const stepMin = policy.coefficient_step_min ?? perimeter.step_min;
  return (
    <SendForm
      attempt={attempt}
      submit={words.depositFile}
      isWide
      onSend={(form) => {
        const file = fileIn(form, 'file');
        if (file) attempt.mutate(file);
      }}
    >
      <FileField
        name="file"
        label={words.file}
        help={words.fileHelp(words.minutes(stepMin))}
        accept=".txt,.csv,text/plain"
        onChoose={setChosen}
      />
      {chosen && (
        <SharesPreview
          key={`${chosen.name} ${chosen.lastModified}`}
          operation={operation}
          load={() => previewFile(operation, month, chosen)}
        />
      )}
    </SendForm>
  );
}
