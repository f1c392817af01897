import type { SetUp } from '../../../queries/setUp';

/** What the steps are about. */
export interface OfSetUp {
  operation: string;
  setUp: SetUp;
}
