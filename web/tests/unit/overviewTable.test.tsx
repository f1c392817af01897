import { expect, test, vi } from 'vitest';
import type { OperationMonth } from '../../src/queries/operationMonths';
import { monthLater } from '../../src/words/dates';
import { HERE, shown } from './shown';

// Modules of the page ask for a browser as they are loaded.
vi.hoisted(() => {
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } });
});

const month = (name: string): OperationMonth =>
  ({
    month: name,
    data: {
      state: 'blocked',
      points: 3,
      days: 93,
      received: 90,
      estimated: 0,
      missing: 3,
      late: 3,
    },
    shares: { state: 'blocked', days: 31, statuses: { allocated: 30, incomplete: 1 } },
    settlement: { state: 'empty', number: null, status: null },
    dso_results: { state: 'empty' },
    bills: { state: 'empty', drafts: 0, issued: 0, run_state: null },
  }) as unknown as OperationMonth;

const MONTHS = Array.from({ length: 12 }, (_, place) => monthLater('2026-10', -place));
const LAVOIR = { id: 'ACC00000777', name: 'Le Lavoir', organiser_id: 'watts' };
const HALLE = { id: 'ACC00000778', name: 'La Halle', organiser_id: 'watts' };

test('a month says where it stands by a sign and words, and all of its steps to who listens', async () => {
  const { MonthsTable } = await import('../../src/pages/staff/operations/MonthsTable');
  const months = new Map([[LAVOIR.id, MONTHS.slice(0, 11).map(month)]]);
  const html = await shown(
    <MonthsTable operations={[LAVOIR, HALLE]} monthNames={MONTHS} months={months} />,
    HERE,
  );
  const [, lavoir = '', halle = ''] = html.replaceAll('\u00a0', ' ').split('<tr>').slice(1);

  expect(html.match(/scope="col"/g)).toHaveLength(13);
  expect(lavoir.match(/<td>/g)).toHaveLength(12);
  // Before it began nobody took part; of the other one nothing has come yet.
  expect(lavoir).toContain('personne n’y participait');
  expect(halle.match(/<td>…/g)).toHaveLength(12);
  expect(lavoir).toContain('Données : 97 % reçues');
  expect(lavoir).toContain('aria-label="Le Lavoir, octobre 2026. Données : 97 % reçues, Parts');
  expect(lavoir).toContain('href="/o/ACC00000777/months/2026-10#data"');
  // One stop of Tab: the arrows lead through the months.
  expect(lavoir.match(/tabindex="-1"/gi)).toHaveLength(11);
});
