import { enrolmentStepWords } from '../../../messages/running/enrolmentSteps';
import { answerWords } from '../../../messages/running/signUps';
import shared from '../../../parts/Together.module.css';
import type { Enrolment, StepTaken } from '../../../queries/enrolments';
import { fullDay } from '../../../words/dates';
import { fullDayOf } from '../../../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import { StepForm } from './StepForm';

interface LeaveRequestProps {
  enrolment: Enrolment;
  onTaken: (taken: StepTaken) => void;
}

/** Somebody who asks to leave: on which day, and the step that answers. */
export function LeaveRequest({ enrolment, onTaken }: LeaveRequestProps) {
  const words = useWords(answerWords);
  const { steps, forName } = useWords(enrolmentStepWords);
  const language = useLanguage();
  const { leave_request: request, member_name, point_label } = enrolment;
  if (!request) return null;
  return (
    <li>
      <p className={shared.plain}>
        <strong>{member_name}</strong>
      </p>
      <p className={shared.weak}>
        {words.wantsOut(point_label ?? '', fullDayOf(request.asked_at, language))}
      </p>
      {request.reason && (
        <blockquote lang={OF_OPERATIONS}>{words.quote(request.reason)}</blockquote>
      )}
      <p>
        {words.wanted(fullDay(request.wanted_on, language))}{' '}
        {words.possible(fullDay(request.possible_on, language))}
      </p>
      <StepForm
        step="leave"
        title={forName(steps.leave.verb, member_name ?? '')}
        enrolment={enrolment}
        onTaken={onTaken}
      />
    </li>
  );
}
