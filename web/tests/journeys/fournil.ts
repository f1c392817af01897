import type { APIRequestContext } from 'playwright-core';
import { today } from './bank';
import { clientOf, enrol, letSell, octoberOf, openOperation, PLANT, putInForce } from './givens';

/** An operation of the journeys' own, whose October is invoiced and not paid. */
export const FOURNIL = 'ACC00000783';
/** To which they are paid. */
export const FOURNIL_IBAN = 'FR7630006000011234567890189';
const ADDRESS = '3 rue du Four\n99778 Pétrinville';
const ROOF = '99778000000010';
const CONSUMERS = [
  ['99778000000101', 'Adèle Levain', 'adele.levain@example.org', 1500],
  ['99778000000102', 'Basile Meunier', 'basile.meunier@example.org', 900],
  ['99778000000103', 'Capucine Farine', 'capucine.farine@example.org', 600],
] as const;

/** What was invoiced, by the name of who pays. */
export type Invoices = Record<string, { id: string; number: string; cents: number }>;

/** From members to issued invoices, with an account to which they are paid. */
export async function makeFournil(request: APIRequestContext, token: string): Promise<Invoices> {
  const client = clientOf(request, token);
  await openOperation(client, FOURNIL, 'Le Fournil', ADDRESS);
  const [seller = ''] = await enrol(client, FOURNIL, [
    {
      prm: ROOF,
      label: 'Toit du fournil',
      direction: 'production',
      point: PLANT,
      member: SELLER,
    },
    ...CONSUMERS.map(([prm, name, email]) => ({
      prm,
      label: 'Maison',
      member: { name, email, address: ADDRESS },
    })),
  ]);
  await putInForce(client, FOURNIL);
  await letSell(client, FOURNIL, seller, {
    siret: '99500005600003',
    rcs: 'RCS Pétrinville 995 000 056',
    payment_terms_days: 10,
    complaints_contact: SELLER.email,
  });
  await client.again('PUT', `/billing/issuers/${seller}/creditor`, CREDITOR);

  const readings = octoberOf([
    [ROOF, 'production', 9000, 0],
    ...CONSUMERS.map(([prm, , , atNoon_w]) => [prm, 'consumption', atNoon_w, 300] as const),
  ]);
  await client.sendFile('october.csv', readings);
  await client.again('POST', `/allocation/operations/${FOURNIL}/settlements`, { month: '2026-10' });
  await client.again('POST', `/billing/operations/${FOURNIL}/months/2026-10/drafts`);
  const summaries = `/billing/invoice-summaries?operation_id=${FOURNIL}`;
  const drafts: Summary[] = await client.show(summaries);
  const ids = drafts.map(({ id }) => id);
  await client.again('POST', '/billing/invoices/issue', { invoice_ids: ids, issue_date: today() });
  const issued: Summary[] = await client.show(summaries);
  return Object.fromEntries(
    issued.map(({ id, number, customer, total_incl_vat_cents }) => [
      customer.name,
      { id, number, cents: total_incl_vat_cents },
    ]),
  );
}

interface Summary {
  id: string;
  number: string;
  customer: { name: string };
  total_incl_vat_cents: number;
}

const SELLER = {
  kind: 'company',
  name: 'Soleil du Fournil, SAS',
  email: 'soleil-fournil@example.org',
  address: ADDRESS,
  siren: '995000056',
  vat_number: 'FR71995000056',
};
const CREDITOR = {
  name: 'Soleil du Fournil',
  iban: FOURNIL_IBAN,
  bic: null,
  ics: 'FR72ZZZ123456',
  collected_by: null,
  convention: null,
  edition: 2019,
  notice_days: 14,
};
