import { expect, test, vi } from 'vitest';
import { OnDemand } from '../../src/parts/OnDemand';
import { HERE, shown } from './shown';

// It asks for a browser; nothing is asked of the APIs here.
vi.mock('../../src/api/client', () => ({}));

test('what is folded is not made before somebody unfolds it', async () => {
  const Made = vi.fn(() => null);

  const html = await shown(
    <OnDemand summary="Noter une demande">
      <Made />
    </OnDemand>,
    HERE,
  );

  expect(html).toBe('<details><summary>Noter une demande</summary></details>');
  expect(Made).not.toHaveBeenCalled();
});
