import type { APIRequestContext } from 'playwright-core';
import { expect } from 'vitest';
import {
  type Client,
  clientOf,
  enrol,
  HALF_HOUR_MS,
  HEADING,
  letSell,
  octoberOf,
  openOperation,
  PLANT,
  putInForce,
  SOON,
} from './givens';

/** An operation of the journeys' own, whose October is to be closed. */
export interface Village {
  operation: string;
  name: string;
  prms: { roof: string; lucie: string; school: string };
  lucieEmail: string;
  /** Whether its readings of October have come. */
  isRead: boolean;
  /** Whether its prices, its seller and its taxes are known. */
  mayInvoice: boolean;
}

export const LAVOIR: Village = {
  operation: 'ACC00000777',
  name: 'Le Lavoir',
  prms: { roof: '99770000000010', lucie: '99770000000101', school: '99770000000102' },
  lucieEmail: 'lucie.fontaine@example.org',
  isRead: false,
  mayInvoice: true,
};

/** All is known of it, and all has come. */
export const PRESSOIR: Village = {
  operation: 'ACC00000781',
  name: 'Le Pressoir',
  prms: { roof: '99810000000010', lucie: '99810000000101', school: '99810000000102' },
  lucieEmail: 'lucie.pressoir@example.org',
  isRead: true,
  mayInvoice: true,
};

/** It has its readings, and nothing by which to invoice them. */
export const FOUR: Village = {
  operation: 'ACC00000779',
  name: 'Le Four banal',
  prms: { roof: '99790000000010', lucie: '99790000000101', school: '99790000000102' },
  lucieEmail: 'lucie.four@example.org',
  isRead: true,
  mayInvoice: false,
};

/** All is known of it, and all has come; its October is too little to be invoiced. */
export const SOURCE: Village = {
  operation: 'ACC00000786',
  name: 'La Source',
  prms: { roof: '99860000000010', lucie: '99860000000101', school: '99860000000102' },
  lucieEmail: 'lucie.source@example.org',
  isRead: true,
  mayInvoice: true,
};

const ADDRESS = '2 place du Lavoir\n99770 Fontclaire';

/** As docs/use/first-operation.md does, up to its readings and prices; return ids of members. */
export async function makeVillage(
  request: APIRequestContext,
  token: string,
  village: Village,
): Promise<{ seller: string; lucie: string }> {
  const { operation, name, prms, lucieEmail, isRead, mayInvoice } = village;
  const client = clientOf(request, token);
  await openOperation(client, operation, name, ADDRESS);
  const identity = mayInvoice ? { siren: '995000031', vat_number: 'FR93995000031' } : {};
  const [seller = '', lucie = ''] = await enrol(client, operation, [
    {
      prm: prms.roof,
      label: 'Toit du lavoir',
      direction: 'production',
      point: PLANT,
      member: {
        kind: 'company',
        name: 'Toits du Lavoir, SAS',
        email: 'toits@example.org',
        address: ADDRESS,
        ...identity,
      },
    },
    {
      prm: prms.lucie,
      label: 'Maison',
      member: {
        name: 'Lucie Fontaine',
        email: lucieEmail,
        address: '5 rue de la Source\n99770 Fontclaire',
      },
    },
    {
      prm: prms.school,
      label: 'École',
      point: { subscribed_power_va: 36_000 },
      member: {
        kind: 'public_body',
        name: 'Commune de Fontclaire',
        email: 'mairie@example.org',
        address: '1 place de la Mairie\n99770 Fontclaire',
        siren: '995000049',
      },
    },
  ]);
  await putInForce(client, operation);
  if (mayInvoice) {
    await letSell(client, operation, seller, {
      siret: '99500003100014',
      rcs: 'RCS Fontclaire 995 000 031',
      complaints_contact: 'toits@example.org',
    });
  }
  if (isRead) await client.sendFile('october.csv', readingsOf(village));
  return { seller, lucie };
}

function readingsOf({ prms }: Village): string {
  return octoberOf([
    [prms.roof, 'production', 9000, 0],
    [prms.lucie, 'consumption', 1500, 400],
    [prms.school, 'consumption', 12_000, 900],
  ]);
}

/** Have the readings of a day corrected: Lucie has used next to nothing on it. */
export function correctDay(client: Client, { prms }: Village, day: string): Promise<void> {
  const start = Date.parse(`${day}T00:00+02:00`);
  const lines = Array.from({ length: 48 }, (_, step) => {
    const instant = new Date(start + step * HALF_HOUR_MS).toISOString();
    return `${prms.lucie},consumption,${instant},30,20`;
  });
  return client.sendFile('october.csv', [HEADING, ...lines, ''].join('\n'));
}

/** Close October and issue its invoices. */
export async function issueOctober(client: Client, { operation }: Village): Promise<void> {
  await client.again('POST', `/allocation/operations/${operation}/settlements`, {
    month: '2026-10',
  });
  const preflight = `/billing/operations/${operation}/preflight?period=2026-10`;
  await expect.poll(async () => (await client.show(preflight)).ready, SOON).toBe(true);
  const run = await client.send('POST', '/billing/runs', {
    operation_id: operation,
    period: '2026-10',
  });
  const path = `/billing/runs/${(await run.json()).id}`;
  const state = async () => (await client.show(path)).state;
  await expect.poll(state, SOON).toBe('review');
  await client.do('POST', `${path}/issue`, { issue_date: null });
  await expect.poll(state, SOON).toBe('issued');
}
