import { useMutation } from '@tanstack/react-query';
import { coefficientWords } from '../../../messages/running/coefficients';
import { Card } from '../../../parts/Card';
import { Download } from '../../../parts/Download';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import { loadSubmission, recordSubmission, type Submission } from '../../../queries/coefficients';
import { textIn } from '../../../words/forms';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import type { OfReport } from './CoefficientFile';

/** What was sent of a month's coefficients, and the form that records it. */
export function Submissions({ operation, report }: OfReport) {
  const words = useWords(coefficientWords);
  const { submissions, outdated } = report;
  const isToSend = submissions.length === 0 || outdated;
  return (
    <Card title={words.send}>
      {outdated && <p className={shared.alert}>{words.outdated}</p>}
      {isToSend && <Recording operation={operation} report={report} />}
      {!isToSend && <p role="status">{words.isSame}</p>}
      {submissions.length > 0 && <Sent submissions={submissions} />}
    </Card>
  );
}

function Recording({ operation, report }: OfReport) {
  const words = useWords(coefficientWords);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (note: string | null) => recordSubmission(report, note),
    onSuccess: changed,
  });
  return (
    <>
      <p>{words.sendHelp}</p>
      <SendForm
        attempt={attempt}
        submit={words.record}
        onSend={(form) => attempt.mutate(textIn(form, 'note'))}
      >
        <Field name="note" type="text" label={words.note} maxLength={200} isOptional />
        <TickField name="checked" label={words.checked} isRequired />
      </SendForm>
    </>
  );
}

function Sent({ submissions }: { submissions: readonly Submission[] }) {
  const words = useWords(coefficientWords);
  const language = useLanguage();
  return (
    <>
      <h3 className={shared.part}>{words.submissions}</h3>
      <ul className={shared.list}>
        {[...submissions].reverse().map((submission) => (
          <li key={submission.number}>
            <p className={shared.plain}>
              {words.sent(momentOf(submission.sent_at, language), submission.number)}
            </p>
            {submission.note && <p className={shared.weak}>{submission.note}</p>}
            <Download
              name={submission.name}
              label={words.asSentOf(submission.number)}
              load={() => loadSubmission(submission)}
            >
              {words.asSent}
            </Download>
          </li>
        ))}
      </ul>
    </>
  );
}
