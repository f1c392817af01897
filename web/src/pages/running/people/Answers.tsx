import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerWords } from '../../../messages/running/signUps';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Said } from '../../../parts/Said';
import shared from '../../../parts/Together.module.css';
import { type Enrolment, enrolmentsQuery, type StepTaken } from '../../../queries/enrolments';
import { signUpsQuery } from '../../../queries/waiting';
import { waitingSignUps } from '../../../words/enrolments';
import { useWords } from '../../../words/language';
import { LeaveRequest } from './LeaveRequest';
import { SignUpLine } from './SignUpLine';

interface AnswersProps {
  operation: string;
  onTaken: (taken: StepTaken) => void;
}

/** Who has asked to come in or to go, and has no answer yet. */
export function Answers({ operation, onTaken }: AnswersProps) {
  const words = useWords(answerWords);
  const signUps = useQuery(signUpsQuery(operation));
  const enrolments = useQuery(enrolmentsQuery(operation));
  const [said, say] = useState<string | null>(null);
  return (
    <Card title={words.title}>
      <Said>{said}</Said>
      <Answer query={signUps}>
        {(asking) => (
          <Answer query={enrolments}>
            {(all) => {
              const [waiting, leaving] = [waitingSignUps(asking), all.filter(wantsOut)];
              if (waiting.length + leaving.length === 0) {
                return <p className={shared.weak}>{words.nobody}</p>;
              }
              return (
                <ul className={shared.list}>
                  {waiting.map((signUp) => (
                    <SignUpLine key={signUp.id} signUp={signUp} onAnswered={say} />
                  ))}
                  {leaving.map((enrolment) => (
                    <LeaveRequest key={enrolment.id} enrolment={enrolment} onTaken={onTaken} />
                  ))}
                </ul>
              );
            }}
          </Answer>
        )}
      </Answer>
    </Card>
  );
}

function wantsOut({ leave_request }: Enrolment): boolean {
  return leave_request !== null;
}
