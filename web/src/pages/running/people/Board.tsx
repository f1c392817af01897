import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { peopleWords } from '../../../messages/running/people';
import { Answer } from '../../../parts/Answer';
import { Said } from '../../../parts/Said';
import { useIsPhone } from '../../../parts/screen';
import shared from '../../../parts/Together.module.css';
import { type Enrolment, enrolmentsQuery, type StepTaken } from '../../../queries/enrolments';
import { byPhase, ON_THE_WAY, type PhaseOnTheWay } from '../../../words/enrolments';
import { useWords } from '../../../words/language';
import { Answers } from './Answers';
import styles from './Board.module.css';
import { Breaches } from './Breaches';
import { EnrolmentCard } from './EnrolmentCard';
import { PeoplePage } from './PeoplePage';

/** Who is on the way into an operation and out of it, with what can be done next. */
export function Board() {
  const { operation } = useParams({ from: '/inside/o/$operation/people' });
  const query = useQuery(enrolmentsQuery(operation));
  const [taken, setTaken] = useState<StepTaken | null>(null);
  const words = useWords(peopleWords);
  return (
    <PeoplePage operation={operation} page="board" title={words.title}>
      <Answers operation={operation} onTaken={setTaken} />
      <h2>{words.onTheWay}</h2>
      <Said>{taken && words.taken(taken.member_name)}</Said>
      <Breaches breaches={taken?.breaches ?? []} />
      <Answer query={query}>
        {(enrolments) => <Phases enrolments={enrolments} onTaken={setTaken} />}
      </Answer>
    </PeoplePage>
  );
}

interface PhasesProps {
  enrolments: readonly Enrolment[];
  onTaken: (taken: StepTaken) => void;
}

function Phases({ enrolments, onTaken }: PhasesProps) {
  const words = useWords(peopleWords);
  const phases = byPhase(enrolments);
  const inside = phases.get('active') ?? [];
  const out = [...(phases.get('left') ?? []), ...(phases.get('withdrawn') ?? [])];
  return (
    <>
      <div className={styles.board}>
        {ON_THE_WAY.map((phase) => (
          <Column
            key={phase}
            phase={phase}
            enrolments={phases.get(phase) ?? []}
            onTaken={onTaken}
          />
        ))}
      </div>
      <Folded title={words.inIt(inside.length)} enrolments={inside} onTaken={onTaken}>
        {words.inItHelp}
      </Folded>
      <Folded title={words.out(out.length)} enrolments={out} onTaken={onTaken} />
    </>
  );
}

interface ColumnProps extends PhasesProps {
  phase: PhaseOnTheWay;
}

/** A phase: beside the others where there is room, folded on a phone where it is empty. */
function Column({ phase, enrolments, onTaken }: ColumnProps) {
  const words = useWords(peopleWords);
  const isPhone = useIsPhone();
  const [title, help] = words.phases[phase];
  return (
    <details className={styles.column} open={!isPhone || enrolments.length > 0}>
      <summary>
        <h3 className={styles.phase}>
          {title} {words.count(enrolments.length)}
        </h3>
      </summary>
      <p className={shared.weak}>{enrolments.length > 0 ? help : words.nobody}</p>
      <ul className={styles.cards}>
        {enrolments.map((enrolment) => (
          <EnrolmentCard key={enrolment.id} enrolment={enrolment} onTaken={onTaken} />
        ))}
      </ul>
    </details>
  );
}

/** More are found in the list of members. */
const SHOWN = 30;

interface FoldedProps extends PhasesProps {
  title: string;
  children?: string;
}

function Folded({ title, enrolments, onTaken, children }: FoldedProps) {
  const words = useWords(peopleWords);
  const all = enrolments.length;
  if (all === 0) return null;
  return (
    <details>
      <summary>
        {title} {words.count(all)}
      </summary>
      {children && <p className={shared.weak}>{children}</p>}
      {all > SHOWN && <p>{words.firstOnes(SHOWN, all)}</p>}
      <ul className={`${styles.cards} ${styles.beside}`}>
        {enrolments.slice(0, SHOWN).map((enrolment) => (
          <EnrolmentCard key={enrolment.id} enrolment={enrolment} onTaken={onTaken} />
        ))}
      </ul>
    </details>
  );
}
