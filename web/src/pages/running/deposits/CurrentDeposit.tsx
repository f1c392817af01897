import { useMutation, useQuery } from '@tanstack/react-query';
import { depositWords } from '../../../messages/running/deposits';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Download } from '../../../parts/Download';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import {
  type DepositHead,
  depositQuery,
  loadDeposit,
  submitDeposit,
  withdrawDeposit,
} from '../../../queries/deposits';
import { textIn } from '../../../words/forms';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { useChanged } from '../close/changed';
import { ConsumersTable } from './ConsumersTable';

interface CurrentDepositProps {
  head: DepositHead;
  /** Whether it may still be withdrawn. */
  isOpen: boolean;
}

/** The deposit that counts: what each one has in it, its file, and that the DSO has it. */
export function CurrentDeposit({ head, isOpen }: CurrentDepositProps) {
  const words = useWords(depositWords);
  const language = useLanguage();
  const query = useQuery(depositQuery(head));
  const { number, kind, deposited_at, submission, name } = head;
  return (
    <Card title={words.current}>
      <p>{words.entry(number, words.kinds[kind], momentOf(deposited_at, language))}</p>
      <Answer query={query}>
        {({ consumers }) => <ConsumersTable operation={head.operation_id} consumers={consumers} />}
      </Answer>
      {name && (
        <div className={shared.actions}>
          <Download name={name} load={() => loadDeposit(head)}>
            {words.download}
          </Download>
        </div>
      )}
      <h3 className={shared.part}>{words.send}</h3>
      {submission ? (
        <>
          <p role="status">{words.sentOn(momentOf(submission.sent_at, language))}</p>
          {submission.note && <p className={shared.weak}>{submission.note}</p>}
        </>
      ) : (
        <Sending head={head} />
      )}
      {isOpen && <Withdrawing head={head} />}
    </Card>
  );
}

function Sending({ head }: { head: DepositHead }) {
  const words = useWords(depositWords);
  const changed = useChanged(head.operation_id);
  const attempt = useMutation({
    mutationFn: (note: string | null) => submitDeposit(head, note),
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

function Withdrawing({ head }: { head: DepositHead }) {
  const words = useWords(depositWords);
  const changed = useChanged(head.operation_id);
  const attempt = useMutation({ mutationFn: () => withdrawDeposit(head), onSuccess: changed });
  return (
    <details>
      <summary>{words.withdraw}</summary>
      <p>{words.withdrawHelp}</p>
      <SendForm attempt={attempt} submit={words.withdraw} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={words.withdrawChecked} isRequired />
      </SendForm>
    </details>
  );
}
