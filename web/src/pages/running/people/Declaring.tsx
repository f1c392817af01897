import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { problemTold } from '../../../api/problem';
import { runningRefusals } from '../../../messages/refusals/running';
import { declarationWords } from '../../../messages/running/declarations';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import { declare, type NextDeclaration, nextDeclarationQuery } from '../../../queries/declarations';
import { enrolmentsQuery } from '../../../queries/enrolments';
import { dayAt } from '../../../words/dates';
import { textIn } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import { whyRefused } from '../../../words/refusals';
import { useChanged } from '../close/changed';
import { Breaches } from './Breaches';
import { DeclarationLines, movementsIn } from './DeclarationLines';

/** What could be declared now, what waits, and the button that declares it. */
export function Declaring({ operation }: { operation: string }) {
  const words = useWords(declarationWords);
  const query = useQuery(nextDeclarationQuery(operation));
  const [isMade, setMade] = useState(false);
  return (
    <Card title={words.next}>
      <Said>{isMade && words.made}</Said>
      <Answer query={query}>
        {(next) => (
          <>
            {next.lines.length === 0 ? (
              <p className={shared.weak}>{words.nothing}</p>
            ) : (
              <ToDeclare operation={operation} next={next} onMade={() => setMade(true)} />
            )}
            {next.left_out.length > 0 && <LeftOut operation={operation} next={next} />}
          </>
        )}
      </Answer>
    </Card>
  );
}

interface ToDeclareProps {
  operation: string;
  next: NextDeclaration;
  onMade: () => void;
}

function ToDeclare({ operation, next, onMade }: ToDeclareProps) {
  const words = useWords(declarationWords);
  // The same one whatever the number of tries: it is declared once.
  const [id] = useState(() => crypto.randomUUID());
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (day: string) => declare(operation, id, day),
    onSuccess: () => {
      onMade();
      return changed();
    },
  });
  const { entries, exits } = movementsIn(next.lines);
  return (
    <>
      <DeclarationLines operation={operation} lines={next.lines} />
      <Breaches breaches={next.breaches} />
      <SendForm
        attempt={attempt}
        submit={words.submit}
        isWide
        onSend={(form) => attempt.mutate(textIn(form, 'day') ?? '')}
      >
        <Field
          name="day"
          type="date"
          label={words.day}
          help={words.dayHelp}
          defaultValue={dayAt(new Date())}
        />
        <p>{words.effect(entries, exits)}</p>
        <TickField name="sure" label={words.sure} isRequired />
      </SendForm>
    </>
  );
}

function LeftOut({ operation, next }: { operation: string; next: NextDeclaration }) {
  const words = useWords(declarationWords);
  const language = useLanguage();
  const { data: enrolments = [] } = useQuery(enrolmentsQuery(operation));
  return (
    <>
      <h3 className={shared.part}>{words.leftOut}</h3>
      <p className={shared.weak}>{words.leftOutHelp}</p>
      <ul className={shared.list}>
        {next.left_out.map(({ enrolment_id, why }) => {
          const enrolment = enrolments.find(({ id }) => id === enrolment_id);
          const refusal = problemTold({ type: `/problems/${why}` });
          return (
            <li key={enrolment_id}>
              <p className={shared.plain}>
                {enrolment && words.waits(enrolment.member_name ?? '')}
                {whyRefused(refusal, language, runningRefusals[language])}
              </p>
              {enrolment && (
                <Link
                  className={shared.more}
                  to="/o/$operation/people/members/$member"
                  params={{ operation, member: enrolment.member_id }}
                >
                  {words.toMember(enrolment.member_name ?? '')}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
