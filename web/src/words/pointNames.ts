import { sharesWords } from '../messages/running/shares';
import type { Member, Perimeter } from '../queries/perimeters';
import { groupsBy } from './groups';
import type { Language } from './language';

const SHOWN_DIGITS = 4;
/** So many points are named in a sentence; the others are counted. */
const NAMED = 3;

/** How points and members of an operation are called; by their own number, where nobody knows. */
export interface Names {
  ofPoint: (prm: string) => string;
  ofMember: (id: string) => string;
  /** undefined: none who ever took part. */
  memberOrNobody: (id: string) => string | undefined;
}

/** A point is called by its member; who has several, by their last digits too. */
export function namesIn(
  { participations }: Pick<Perimeter, 'participations'>,
  members: readonly Member[],
): Names {
  const names = new Map(members.map(({ id, name }) => [id, name]));
  const points = new Map(participations.map((stay) => [stay.prm, stay.member_id]));
  const ofMembers = groupsBy([...points], ([, member]) => member);
  return {
    ofMember: (id) => names.get(id) ?? id,
    memberOrNobody: (id) => names.get(id),
    ofPoint: (prm) => {
      const member = points.get(prm);
      const name = member && names.get(member);
      if (!name) return prm;
      const isAlone = ofMembers.get(member)?.length === 1;
      return isAlone ? name : `${name} ·\u00a0…${prm.slice(-SHOWN_DIGITS)}`;
    },
  };
}

/** `Lucie Brindille, Café du Gros Tilleul et 3 autres points`. */
export function pointsText(
  points: readonly { prm: string }[],
  names: Names,
  language: Language,
): string {
  const prms = [...new Set(points.map(({ prm }) => prm))];
  const named = prms.slice(0, NAMED).map(names.ofPoint).join(', ');
  const more = prms.length - NAMED;
  return more > 0 ? `${named} ${sharesWords[language].andMore(more)}` : named;
}

/** A name where there is room for so many letters: the digits by which a point is told stay. */
export function shortened(name: string, letters: number): string {
  if (name.length <= letters) return name;
  const [, digits = ''] = /·\s(…\d+)$/u.exec(name) ?? [];
  return `${name.slice(0, letters - digits.length - 1).trimEnd()}${digits ? ` ${digits}` : '…'}`;
}
