import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'vitest';
import { STAFF } from './people';
import { platform, test } from './visitor';

const SCRIPT = join(import.meta.dirname, '../../park_member.py');
const NAME = 'Mathurin Serpolet';
const SOON = { timeout: 30_000, interval: 500 };

function haveBilling(...what: readonly ['refuse', name: string] | readonly ['take']): void {
  execFileSync(platform.python, [SCRIPT, platform.databaseFolder, ...what]);
}

test('what a service could not take is replayed once its cause is mended', async ({ visitor }) => {
  const { page, context } = visitor;
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  const headers = { authorization: `Bearer ${token}` };
  const member = randomUUID();
  haveBilling('refuse', NAME);
  try {
    await context.request.put(`/community/members/${member}`, { headers, data: HOUSEHOLD });
    await expect.poll(parked, SOON).toContain(member);
    await visitor.open('/staff');
    await page.getByRole('link', { name: /^Voir.*événement/ }).click();
    await page.getByRole('heading', { name: 'Un membre a été créé ou changé' }).waitFor();
    await page.getByText('contredit ce que le service sait déjà').waitFor();
    await page.getByText('Lequel', { exact: true }).click();
    await page.getByText(member).waitFor();
    expect(await visitor.barriersOf('staff-event-parked')).toEqual([]);

    await page.getByRole('button', { name: 'Rejouer' }).click();
    expect(await parked()).toContain(member);
    await page.getByLabel('La cause est réparée').check();
    await page.getByRole('button', { name: 'Rejouer' }).click();
    await page.getByRole('alert').getByText('échoue encore').waitFor();
    expect(await visitor.barriersOf('staff-event-fails-again')).toEqual([]);
  } finally {
    haveBilling('take');
  }
  await page.getByRole('button', { name: 'Rejouer' }).click();
  await page.getByText('événement est pris').waitFor();
  await page.getByText('Aucun événement n’est mis de côté').waitFor();
  expect(await parked()).not.toContain(member);
  expect(await visitor.barriersOf('staff-event-replayed')).toEqual([]);

  async function parked(): Promise<string[]> {
    const answer = await context.request.get('/billing/parked-events', { headers });
    return (await answer.json()).map(({ key }: { key: string }) => key);
  }
});

const HOUSEHOLD = {
  kind: 'household',
  name: NAME,
  address: '3 chemin des Serpolets\n99770 Fontclaire',
  email: 'mathurin.serpolet@example.org',
  siren: null,
  delivery_address: null,
  language: 'fr',
  vat_number: null,
};
