import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { memberWords } from '../../../messages/running/members';
import { peopleWords } from '../../../messages/running/people';
import { Answer } from '../../../parts/Answer';
import { SearchField } from '../../../parts/SearchField';
import tables from '../../../parts/Table.module.css';
import shared from '../../../parts/Together.module.css';
import { enrolmentsQuery } from '../../../queries/enrolments';
import { operationPointsQuery } from '../../../queries/points';
import { dayAt } from '../../../words/dates';
import { OF_OPERATIONS, useWords } from '../../../words/language';
import { matching, type Person, peopleOf, stayAt } from '../../../words/people';
import { PeoplePage } from './PeoplePage';

/** More are found by the search. */
const SHOWN = 200;

/** Who takes part in the operation, or is to, with their points. */
export function Members() {
  const { operation } = useParams({ from: '/inside/o/$operation/people/members' });
  const points = useQuery(operationPointsQuery(operation));
  const enrolments = useQuery(enrolmentsQuery(operation));
  return (
    <PeoplePage operation={operation} page="members">
      <Answer query={points}>
        {(stays) => (
          <Answer query={enrolments}>
            {(all) => <Listed operation={operation} people={peopleOf(stays, all)} />}
          </Answer>
        )}
      </Answer>
    </PeoplePage>
  );
}

function Listed({ operation, people }: { operation: string; people: readonly Person[] }) {
  const words = useWords(memberWords);
  const [text, setText] = useState('');
  const found = matching(people, text);
  if (people.length === 0) {
    return (
      <>
        <p>{words.nobody}</p>
        <Link to="/o/$operation/people/import" params={{ operation }}>
          {words.toImport}
        </Link>
      </>
    );
  }
  return (
    <>
      <SearchField label={words.search} value={text} onChange={setText} />
      <p className={shared.weak} role="status">
        {found.length > 0 ? words.count(found.length) : words.none}
        {found.length > SHOWN && ` · ${words.shownOf(SHOWN, found.length)}`}
      </p>
      {found.length > 0 && <Table operation={operation} people={found.slice(0, SHOWN)} />}
    </>
  );
}

function Table({ operation, people }: { operation: string; people: readonly Person[] }) {
  const words = useWords(memberWords);
  return (
    <table className={tables.table}>
      <caption>{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.points}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Row key={person.id} operation={operation} person={person} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ operation, person }: { operation: string; person: Person }) {
  const words = useWords(memberWords);
  const { sides } = useWords(peopleWords);
  const { id, name, points, enrolments } = person;
  const state = stateOf(person);
  const labels = points.length > 0 ? points : enrolments.map(asPoint);
  return (
    <tr>
      <th scope="row">
        <Link
          className={shared.more}
          to="/o/$operation/people/members/$member"
          params={{ operation, member: id }}
        >
          {name}
        </Link>
        {state !== 'takesPart' && <div className={shared.weak}>{words[state]}</div>}
      </th>
      <td>
        {labels.map(({ prm, label, direction }) => (
          <div key={`${prm} ${direction}`}>
            <span lang={OF_OPERATIONS}>{label}</span> · {sides[direction]}
          </div>
        ))}
      </td>
    </tr>
  );
}

function asPoint({ prm, point_label, direction }: Person['enrolments'][number]) {
  return { prm, label: point_label ?? '', direction };
}

function stateOf({ points, enrolments }: Person): 'takesPart' | 'comes' | 'over' | 'onTheWay' {
  const today = dayAt(new Date());
  const stays = points.flatMap((point) => stayAt(point, today) ?? []);
  if (stays.some(({ valid_from }) => valid_from <= today)) return 'takesPart';
  if (stays.length > 0) return 'comes';
  const isOnTheWay = enrolments.some(({ phase }) => ['prospect', 'signed'].includes(phase));
  return isOnTheWay ? 'onTheWay' : 'over';
}
