import type { components } from '../api/schema/community';

export type Method = components['schemas']['Method'];
export type Grade = components['schemas']['Grade'];
type OutcomeOut = components['schemas']['OutcomeOut'];

/** As it is sealed: only what the ballot says. */
export type Choice = Partial<components['schemas']['ChoiceOut']>;
/** As it is sealed: only what the poll's method counts. */
export type Outcome = Partial<OutcomeOut> & Pick<OutcomeOut, 'winners'>;

/** What a ballot says, and how much it counts. */
export interface Vote {
  choice: Choice;
  weight: number;
}

/** From the worst to the best. */
export const GRADES: readonly Grade[] = [
  'to_reject',
  'insufficient',
  'passable',
  'fairly_good',
  'good',
  'very_good',
  'excellent',
];

/** Zero for each name, to be added to. */
export function zeros<Name extends string>(names: readonly Name[]): Map<Name, number> {
  return new Map(names.map((name) => [name, 0]));
}

export function add<Name extends string>(sums: Map<Name, number>, name: Name, weight: number) {
  sums.set(name, (sums.get(name) ?? 0) + weight);
}

/** The order of what is sealed. That of JavaScript is another one, of 16-bit units. */
export function byCodePoints(one: string, other: string): number {
  const [points, others] = [one, other].map((text) =>
    [...text].map((letter) => letter.codePointAt(0)),
  );
  const at = points?.findIndex((point, index) => point !== others?.[index]) ?? -1;
  return at < 0 ? one.length - other.length : (points?.[at] ?? 0) - (others?.[at] ?? -1);
}
