import { today } from './bank';
import {
  clientOf,
  enrol,
  giveAccount,
  letSell,
  octoberOf,
  openOperation,
  PLANT,
  putInForce,
} from './givens';
import { STAFF } from './people';
import { platform, Visitor } from './visitor';

/** An operation of the journeys' own: two sellers, for whom the association that organises collects. */
export const HALLES = 'ACC00000785';
export const HALLES_IBAN = 'FR7630006000010002034970136';
export const NINON = 'ninon.etal@example.org';
/** Who organises it. */
export const OCTAVE = 'octave.place@example.org';
export const PASSWORD = 'des mots choisis au marche';
const NAME = 'Les Halles, association';
const ADDRESS = '1 place des Halles\n99785 Marchebourg';
const ROOFS = ['99785000000010', '99785000000020'] as const;
const HOME = '99785000000101';
const STALL = '99785000000102';

/** From members to issued invoices, each of them part of a notice. */
export async function makeHalles(): Promise<void> {
  const visitor = await Visitor.arrive();
  const token = await visitor.logIn(STAFF, platform.operatorPassword);
  const client = clientOf(visitor.context.request, token);
  const organiser = await openOperation(client, HALLES, 'Les Halles', ADDRESS);
  const [grocers = '', farmers = '', ninon = ''] = await enrol(client, HALLES, [
    ...SELLERS.map((member, place) => ({
      prm: ROOFS[place] ?? '',
      label: `Toit ${place + 1}`,
      direction: 'production' as const,
      point: PLANT,
      member,
    })),
    { prm: HOME, label: 'Maison', member: { name: 'Ninon Étal', email: NINON, address: ADDRESS } },
    {
      prm: STALL,
      label: 'Étal',
      member: { name: 'Gaspard Cageot', email: 'gaspard.cageot@example.org', address: ADDRESS },
    },
  ]);
  await putInForce(client, HALLES);
  for (const [place, seller] of [grocers, farmers].entries()) {
    await letSell(client, HALLES, seller, {
      siret: SIRETS[place],
      rcs: `RCS Marchebourg ${SELLERS[place]?.siren}`,
      complaints_contact: SELLERS[place]?.email,
    });
  }
  await client.do('PUT', `/community/members/${organiser}`, ORGANISER);
  await client.again('PUT', `/billing/issuers/${organiser}/creditor`, CREDITOR);
  await client.do('PUT', `/billing/issuers/${organiser}/mail-policy`, MAILS);
  for (const [place, seller] of [grocers, farmers].entries()) {
    const account = { name: SELLERS[place]?.name, iban: PAYOUT_IBANS[place], ics: null };
    const collected = { ...CREDITOR, ...account, collected_by: organiser };
    await client.again('PUT', `/billing/issuers/${seller}/creditor`, collected);
  }
  const readings = octoberOf([
    [ROOFS[0], 'production', 5000, 0],
    [ROOFS[1], 'production', 3000, 0],
    [HOME, 'consumption', 1500, 300],
    [STALL, 'consumption', 2500, 300],
  ]);
  await client.sendFile('halles.csv', readings);
  await client.again('POST', `/allocation/operations/${HALLES}/settlements`, { month: '2026-10' });
  await client.again('POST', `/billing/operations/${HALLES}/months/2026-10/drafts`);
  const drafts = await client.show(`/billing/invoice-summaries?operation_id=${HALLES}`);
  await client.again('POST', '/billing/invoices/issue', {
    invoice_ids: drafts.map(({ id }: { id: string }) => id),
    issue_date: today(),
  });
  const asOrganiser = { role: 'organiser', operation_ids: [HALLES] };
  await giveAccount(client, OCTAVE, asOrganiser, PASSWORD);
  await giveAccount(client, NINON, { role: 'member', member_id: ninon }, PASSWORD);
  await visitor.leave();
}

const SELLERS = [
  {
    kind: 'company',
    name: 'Toits des Halles, SAS',
    email: 'toits.halles@example.org',
    address: ADDRESS,
    siren: '995000064',
    vat_number: 'FR95995000064',
  },
  {
    kind: 'company',
    name: 'Grange solaire, SCIC',
    email: 'grange.solaire@example.org',
    address: ADDRESS,
    siren: '995000072',
    vat_number: 'FR22995000072',
  },
];
const SIRETS = ['99500006400007', '99500007200000'];
const PAYOUT_IBANS = ['FR7630006000010002034971203', 'FR7630006000010002034972367'];
const ORGANISER = {
  kind: 'company',
  name: NAME,
  email: 'halles@example.org',
  address: ADDRESS,
  delivery_address: null,
  language: 'fr',
  siren: '995000080',
  vat_number: 'FR46995000080',
};
const CREDITOR = {
  name: NAME,
  iban: HALLES_IBAN,
  bic: null,
  ics: 'FR19ZZZ654321',
  collected_by: null,
  convention: null,
  edition: 2019,
  notice_days: 14,
};
const MAILS = {
  invoices: true,
  reminders: true,
  pre_notifications: true,
  reminders_when_due: false,
  payment_notices: true,
  payouts: true,
};
