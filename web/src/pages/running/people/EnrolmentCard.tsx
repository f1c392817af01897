import { Link } from '@tanstack/react-router';
import { enrolmentStepWords } from '../../../messages/running/enrolmentSteps';
import { peopleWords } from '../../../messages/running/people';
import type { Enrolment, StepTaken } from '../../../queries/enrolments';
import { fullDay } from '../../../words/dates';
import { daysInPhase, ownSteps } from '../../../words/enrolments';
import { type Language, OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import styles from './Board.module.css';
import { MoveStart } from './MoveStart';
import { StepForm } from './StepForm';

interface EnrolmentCardProps {
  enrolment: Enrolment;
  /** On the page of its member: it is told by its point, not by them. */
  isOfPage?: boolean;
  onTaken: (taken: StepTaken) => void;
}

/** A point on its way: whose it is, since when it has been here, and what can be done next. */
export function EnrolmentCard({ enrolment, isOfPage = false, onTaken }: EnrolmentCardProps) {
  const words = useWords(peopleWords);
  const { steps, moveEnd } = useWords(enrolmentStepWords);
  const language = useLanguage();
  const { operation_id: operation, member_id: member, member_name, point_label } = enrolment;
  const { phase } = enrolment;
  const isPlan = phase === 'prospect' || phase === 'signed';
  return (
    <li className={styles.card}>
      {isOfPage ? (
        <h3 className={styles.name} lang={OF_OPERATIONS}>
          {point_label ?? member_name}
        </h3>
      ) : (
        <h4 className={styles.name}>
          {member_name ? (
            <Link to="/o/$operation/people/members/$member" params={{ operation, member }}>
              {member_name}
            </Link>
          ) : (
            words.gaveUpName
          )}
        </h4>
      )}
      <p className={styles.facts}>
        {!isOfPage && point_label && (
          <>
            <span lang={OF_OPERATIONS}>{point_label}</span> ·{' '}
          </>
        )}
        {words.sides[enrolment.direction]}
        <br />
        {words.sinceDays(daysInPhase(enrolment))}
        <br />
        {standing(enrolment, words, language)}
      </p>
      {ownSteps(enrolment).map((step) => (
        <StepForm
          key={`${step} ${enrolment.steps.length}`}
          step={step}
          title={step === 'leave' && phase === 'leaving' ? moveEnd : steps[step].verb}
          enrolment={enrolment}
          onTaken={onTaken}
        />
      ))}
      {isPlan && <MoveStart enrolment={enrolment} />}
    </li>
  );
}

/** When it comes or goes. */
function standing(
  { phase, valid_from, valid_to, allowed, steps }: Enrolment,
  words: (typeof peopleWords)['fr'],
  language: Language,
): string {
  const [first, end] = [fullDay(valid_from, language), valid_to && fullDay(valid_to, language)];
  if (phase === 'withdrawn') return words.gaveUp(steps.at(-1)?.reason ?? '–');
  if (phase === 'active') return words.isIn(first);
  if (!end) return words.entersOn(first);
  if (phase === 'left') return words.wasOut(end);
  return `${words.leavesOn(end)}. ${allowed.length === 0 ? words.exitTold : ''}`;
}
