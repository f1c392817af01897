import type { OperationMonth } from '../queries/operationMonths';
import type { Operation } from '../queries/operations';
import type { Language } from './language';
import { isOver, STEPS, stepsOf } from './monthSteps';
import { hasWords } from './search';

/** An operation whose months one looks at beside those of others. */
export interface RunOperation extends Operation {
  organiser_id: string;
}

/** Which operations one looks at. */
export interface OverviewFilter {
  /** Words of its name, or its id. */
  name?: string | undefined;
  /** The id of who runs it. */
  organiser?: string | undefined;
  behind?: true | undefined;
}

/** Whether nobody took part in an operation then: it had not begun, or was over. */
export function isIdle({ data, shares, bills }: OperationMonth): boolean {
  return data.days === 0 && shares.days === 0 && bills.drafts + bills.issued === 0;
}

/** Whether a month that is over waits for a person: something is in its way, or it has a button. */
export function isBehind(month: OperationMonth, language: Language, now = new Date()): boolean {
  if (!isOver(month.month, now)) return false;
  const steps = stepsOf(month, language);
  return STEPS.some((step) => steps[step].tone === 'alert' || steps[step].tone === 'todo');
}

/** Those that fit, by name; one whose months have not come yet is not behind. */
export function operationsShown(
  operations: readonly RunOperation[],
  months: ReadonlyMap<string, OperationMonth[]>,
  { name = '', organiser, behind }: OverviewFilter,
  language: Language,
): RunOperation[] {
  return operations
    .filter((operation) => !organiser || operation.organiser_id === organiser)
    .filter((operation) => hasWords(`${operation.name} ${operation.id}`, name))
    .filter(
      ({ id }) => !behind || (months.get(id) ?? []).some((month) => isBehind(month, language)),
    )
    .sort((one, other) => one.name.localeCompare(other.name, language));
}
