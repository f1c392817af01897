import { sum } from '../words/numbers';
import { add, GRADES, type Grade, type Outcome, type Vote, zeros } from './ballots';

/**
 * Majority judgement: the best median grade wins, the lower one of an even number. Options with one
 * median are compared again without one ballot of that grade each, and so on.
 */
export function countJudgement(options: readonly string[], votes: readonly Vote[]): Outcome {
  const grades = gradesOf(options, votes);
  const total = sum(votes.filter(isGraded).map(({ weight }) => weight));
  const told = Object.fromEntries(
    [...grades].map(([option, row]) => [option, Object.fromEntries(row)]),
  );
  if (total === 0) return { winners: [], grades: told, medians: {} };
  const ends = new Map([...grades].map(([option, row]) => [option, endsOf(row)]));
  const places = decidingPlaces([...ends.values()].flat(), total);
  const keyOf = (option: string) => places.map((place) => gradeAt(ends.get(option) ?? [], place));
  const best = options.map(keyOf).reduce((one, other) => (compare(one, other) < 0 ? other : one));
  return {
    winners: options.filter((option) => compare(keyOf(option), best) === 0),
    grades: told,
    medians: Object.fromEntries(options.map((one) => [one, GRADES[keyOf(one)[0] ?? 0] as Grade])),
  };
}

function isGraded({ choice }: Vote): boolean {
  return Object.keys(choice.grades ?? {}).length > 0;
}

function gradesOf(options: readonly string[], votes: readonly Vote[]) {
  const grades = new Map(options.map((option) => [option, zeros(GRADES)]));
  for (const { choice, weight } of votes.filter(isGraded)) {
    const given = new Map(Object.entries(choice.grades ?? {}));
    for (const [option, row] of grades) add(row, given.get(option) ?? 'to_reject', weight);
  }
  return grades;
}

/** Ballots stand from the worst grade to the best: up to here they have that one or a worse. */
function endsOf(row: Map<Grade, number>): number[] {
  let end = 0;
  return GRADES.map((grade) => {
    end += row.get(grade) ?? 0;
    return end;
  });
}

function gradeAt(ends: readonly number[], place: number): number {
  return ends.findIndex((end) => end >= place);
}

/** The ballots, counted from the worst, whose grades decide, in the order in which they do. */
function decidingPlaces(ends: readonly number[], total: number): number[] {
  const middle = Math.floor((total + 1) / 2);
  const edges = new Set([middle, ...ends, ...ends.map((end) => end + 1)]);
  const inside = [...edges].filter((place) => place >= 1 && place <= total);
  return inside.sort((one, other) => turn(one, middle, total) - turn(other, middle, total));
}

/** How many medians are taken away before this one. */
function turn(place: number, middle: number, total: number): number {
  const below = 2 * (middle - place);
  const above = 2 * (place - middle);
  if (total % 2 === 0) return place <= middle ? below : above - 1;
  return place >= middle ? above : below - 1;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((grade, index) => grade !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
