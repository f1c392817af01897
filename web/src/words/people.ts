import type { Enrolment } from '../queries/enrolments';
import type { OperationPoint } from '../queries/points';
import { groupsBy } from './groups';

/** Somebody with points in an operation, or on the way into it. */
export interface Person {
  id: string;
  name: string;
  /** One for each point and side, with all its stays, the first one first. */
  points: PersonPoint[];
  enrolments: Enrolment[];
}

export interface PersonPoint {
  prm: string;
  label: string;
  direction: OperationPoint['direction'];
  stays: OperationPoint[];
}

/** Whoever takes part, took part or is to, by name; whoever only was to is not told by name. */
export function peopleOf(
  stays: readonly OperationPoint[],
  enrolments: readonly Enrolment[],
): Person[] {
  const people = new Map<string, Person>();
  const personOf = (id: string, name: string): Person => {
    const person = people.get(id) ?? { id, name, points: [], enrolments: [] };
    people.set(id, person);
    return person;
  };
  for (const ofOne of groupsBy(stays, ({ member_id, prm, direction }) =>
    [member_id, prm, direction].join(' '),
  ).values()) {
    const [first] = ofOne;
    if (!first) continue;
    const { prm, label, direction } = first;
    personOf(first.member_id, first.member_name).points.push({
      prm,
      label,
      direction,
      stays: ofOne,
    });
  }
  for (const enrolment of enrolments) {
    const { member_id, member_name } = enrolment;
    if (member_name) personOf(member_id, member_name).enrolments.push(enrolment);
  }
  return [...people.values()].sort((one, other) => one.name.localeCompare(other.name));
}

/** Those whose name, or a point's name or number, has what was written, whatever its accents. */
export function matching(people: readonly Person[], text: string): Person[] {
  const wanted = plainText(text);
  return people.filter(({ name, points, enrolments }) =>
    [
      name,
      ...points.flatMap(({ label, prm }) => [label, prm]),
      ...enrolments.flatMap(({ point_label, prm }) => [point_label ?? '', prm]),
    ].some((one) => plainText(one).includes(wanted)),
  );
}

function plainText(text: string): string {
  return text.trim().normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** The stay of a point on a day, or the next one; undefined: it is over. */
export function stayAt({ stays }: PersonPoint, today: string): OperationPoint | undefined {
  return stays.find(({ valid_to }) => valid_to === null || valid_to > today);
}

/** The enrolment that leads a stay; undefined: none does. */
export function enrolmentOf(
  { prm, direction, member_id, valid_from }: OperationPoint,
  enrolments: readonly Enrolment[],
): Enrolment | undefined {
  return enrolments.find(
    (one) =>
      one.prm === prm &&
      one.direction === direction &&
      one.member_id === member_id &&
      one.valid_from === valid_from &&
      one.phase !== 'withdrawn',
  );
}
