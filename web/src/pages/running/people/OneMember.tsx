import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { memberWords } from '../../../messages/running/members';
import { peopleWords } from '../../../messages/running/people';
import { Answer } from '../../../parts/Answer';
import { Said } from '../../../parts/Said';
import { enrolmentsQuery, type StepTaken } from '../../../queries/enrolments';
import { type Member, membersQuery } from '../../../queries/perimeters';
import { operationPointsQuery } from '../../../queries/points';
import { useWords } from '../../../words/language';
import { type Person, peopleOf } from '../../../words/people';
import { AddPoint } from './AddPoint';
import styles from './Board.module.css';
import { Breaches } from './Breaches';
import { ConsentsSeen } from './ConsentsSeen';
import { PapersOf } from './documents/PapersOf';
import { EnrolmentCard } from './EnrolmentCard';
import { InvoiceRouting } from './InvoiceRouting';
import { MemberFacts } from './MemberFacts';
import { PeoplePage } from './PeoplePage';
import { PointCard } from './PointCard';

/** A member as who runs the operation sees them: record, points, papers, consents. */
export function OneMember() {
  const { operation, member } = useParams({ from: '/inside/o/$operation/people/members/$member' });
  const points = useQuery(operationPointsQuery(operation));
  const enrolments = useQuery(enrolmentsQuery(operation));
  const words = useWords(memberWords);
  const all = points.data && enrolments.data && peopleOf(points.data, enrolments.data);
  const person = all?.find(({ id }) => id === member);
  return (
    <PeoplePage operation={operation} page="members" title={person?.name}>
      <Answer query={points}>
        {() => (
          <Answer query={enrolments}>
            {() =>
              person ? (
                <OfPerson key={member} operation={operation} person={person} />
              ) : (
                <>
                  <p>{words.noSuch}</p>
                  <ToList operation={operation} />
                </>
              )
            }
          </Answer>
        )}
      </Answer>
    </PeoplePage>
  );
}

function ToList({ operation }: { operation: string }) {
  const words = useWords(peopleWords);
  return (
    <Link to="/o/$operation/people/members" params={{ operation }}>
      {words.members}
    </Link>
  );
}

export interface OfPerson {
  operation: string;
  person: Person;
}

function OfPerson({ operation, person }: OfPerson) {
  const words = useWords(memberWords);
  const { taken: takenWords } = useWords(peopleWords);
  const [taken, setTaken] = useState<StepTaken | null>(null);
  const query = useQuery(membersQuery(operation));
  const open = person.enrolments.filter(({ phase }) => OPEN.includes(phase));
  return (
    <>
      <Answer query={query}>
        {(members) => (
          <Recorded operation={operation} member={members.find(({ id }) => id === person.id)} />
        )}
      </Answer>
      <Said>{taken && takenWords(taken.member_name)}</Said>
      <Breaches breaches={taken?.breaches ?? []} />
      {open.length > 0 && (
        <>
          <h2>{words.under}</h2>
          <ul className={`${styles.cards} ${styles.beside}`}>
            {open.map((enrolment) => (
              <EnrolmentCard key={enrolment.id} enrolment={enrolment} isOfPage onTaken={setTaken} />
            ))}
          </ul>
        </>
      )}
      {person.points.map((point) => (
        <PointCard
          key={`${point.prm} ${point.direction}`}
          operation={operation}
          person={person}
          point={point}
          onTaken={setTaken}
        />
      ))}
      <AddPoint operation={operation} person={person} />
      <PapersOf operation={operation} person={person} />
      {person.points.length > 0 && <ConsentsSeen person={person} />}
    </>
  );
}

interface RecordedProps {
  operation: string;
  member: Member | undefined;
}

function Recorded({ operation, member }: RecordedProps) {
  return (
    <>
      <MemberFacts operation={operation} member={member} />
      {member && member.kind !== 'household' && (
        <InvoiceRouting operation={operation} member={member.id} kind={member.kind} />
      )}
    </>
  );
}

const OPEN: readonly Person['enrolments'][number]['phase'][] = [
  'prospect',
  'signed',
  'declared',
  'leaving',
];
