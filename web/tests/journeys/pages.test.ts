import { afterAll, beforeAll, expect } from 'vitest';
import { longDay } from '../../src/words/dates';
import {
  ADDRESS,
  MEMBER,
  NO_POINT_YET,
  OPERATION,
  ORGANISER,
  PRODUCER,
  REFUSES_DISPLAY,
  SEVERAL_POINTS,
  STAFF,
  TWO_OPERATIONS,
} from './people';
import { recordsFor } from './records';
import { isChosen, platform, test, Visitor } from './visitor';

/**
 * Every page: its pictures' name, who looks (null: a stranger), its address and its heading with the
 * names of what is made before, and how the one thing begins that it cannot show; none: it shows all.
 */
const PAGES: readonly [
  name: string,
  email: string | null,
  path: string,
  heading: string,
  alert?: string,
][] = [
  ['operations', null, '/operations', 'L’électricité d’ici, partagée'],
  ['an-operation', null, ADDRESS.operation, 'Pousse-Soleil'],
  ['log-in', null, '/log-in', 'Se connecter'],
  ['forgotten', null, '/forgotten', 'Se connecter par un lien'],
  ['sign-up', null, '/sign-up?operation=ACC00000101', 'Rejoindre Pousse-Soleil'],
  ['request', null, '/request', 'Demander une opération'],
  ['a-request', null, '/requests/{request}', 'Votre demande'],
  [
    'an-invitation-over',
    null,
    '/invitation',
    'Votre invitation',
    'Cette invitation n’est plus valable',
  ],
  [
    'an-address-unconfirmed',
    null,
    '/email-confirmation',
    'Confirmer mon adresse e-mail',
    'Ce lien n’est plus valable',
  ],
  ['legal', null, '/about/legal', 'Mentions légales'],
  ['privacy', null, '/about/privacy', 'Vie privée'],
  ['nowhere', null, '/nowhere', 'Cette page n’existe pas'],
  ['my-month', MEMBER, '/month/2026-10', 'Mon mois · octobre 2026'],
  ['a-month-under-way', MEMBER, '/month/2026-11', 'Mon mois · novembre 2026'],
  ['a-month-without', MEMBER, '/month/2020-01', 'Mon mois · janvier 2020'],
  ['the-month-of-23-hours', MEMBER, '/month/2026-03', 'Mon mois · mars 2026'],
  ['first-visit', MEMBER, '/month/2026-10?first=true', 'Mon mois · octobre 2026'],
  ['one-of-three-points', SEVERAL_POINTS, '/month/2026-10?point=2', 'Mon mois · octobre 2026'],
  ['in-two-operations', TWO_OPERATIONS, '/month/2026-10?point=2', 'Mon mois · octobre 2026'],
  ['refuses-display', REFUSES_DISPLAY, '/me/consents', 'Accords et consultations'],
  ['no-point-yet', NO_POINT_YET, '/month/2026-10', 'Mon mois · octobre 2026'],
  ['joining', NO_POINT_YET, '/joining', 'Votre entrée se prépare'],
  ['a-day', MEMBER, '/day/2026-10-10', dayHeading('2026-10-10')],
  ['the-day-of-25-hours', MEMBER, '/day/2026-10-25?step=5', dayHeading('2026-10-25')],
  ['the-day-of-23-hours', MEMBER, '/day/2026-03-29?step=4', dayHeading('2026-03-29')],
  [
    'a-day-to-come',
    MEMBER,
    '/day/2030-01-01',
    dayHeading('2030-01-01'),
    'Ce jour n’est pas encore réparti',
  ],
  ['history', MEMBER, '/history', 'Tous mes mois'],
  ['my-production', PRODUCER, '/production/2026-10', 'Ma production · octobre 2026'],
  [
    'production-of-three-points',
    SEVERAL_POINTS,
    '/production/2026-10',
    'Ma production · octobre 2026',
  ],
  [
    'a-day-of-production',
    PRODUCER,
    '/production/day/2026-10-10',
    dayHeading('2026-10-10', 'Ma production'),
  ],
  [
    'production-on-the-day-of-25-hours',
    SEVERAL_POINTS,
    '/production/day/2026-10-25?step=5',
    dayHeading('2026-10-25', 'Ma production'),
  ],
  ['production-without', MEMBER, '/production/2026-10', 'Ma production · octobre 2026'],
  ['production-history', PRODUCER, '/production/history', 'Ma production, mois par mois'],
  ['invoices', MEMBER, '/invoices', 'Factures'],
  ['an-invoice', MEMBER, '/invoices/{invoice}', 'Facture · octobre 2026'],
  ['my-account', MEMBER, '/invoices/account', 'Mon compte'],
  ['invoices-of-a-seller', PRODUCER, '/invoices?side=sold', 'Factures'],
  ['both-bills', MEMBER, '/bills/2026-10', 'Avec ou sans l’opération · octobre 2026'],
  ['mandate', MEMBER, '/mandate', 'Mon prélèvement'],
  ['mandate-to-ask-for', REFUSES_DISPLAY, '/mandate', 'Mon prélèvement'],
  ['price', MEMBER, '/price', 'Le prix du kWh local'],
  ['key', MEMBER, '/key', 'Comment l’électricité est partagée'],
  ['together', MEMBER, '/together', 'Ensemble'],
  ['gatherings', MEMBER, '/gatherings', 'Rencontres'],
  ['a-gathering-to-come', MEMBER, ADDRESS.gatheringToCome, 'Assemblée de l’hiver'],
  ['a-gathering-held', MEMBER, ADDRESS.gatheringHeld, 'Visite des ombrières'],
  ['an-open-vote', MEMBER, ADDRESS.openVote, 'L’école passe-t-elle la première à midi ?'],
  ['a-closed-vote', MEMBER, ADDRESS.closedVote, 'Comment s’appellera la caisse de solidarité ?'],
  ['news', MEMBER, '/news', 'Nouvelles'],
  ['an-article', MEMBER, ADDRESS.article, 'Un an de soleil'],
  ['a-challenge', MEMBER, ADDRESS.challenge, 'La lessive à midi'],
  ['notifications', MEMBER, '/notifications', 'Notifications'],
  ['notification-settings', MEMBER, '/notifications/settings', 'Ce que je reçois'],
  ['me', MEMBER, '/me', 'Moi'],
  ['me-of-staff', STAFF, '/me', 'Moi'],
  ['staff-today', STAFF, '/staff', 'À faire'],
  ['staff-new-operation', STAFF, '/staff/setup', 'Nouvelle opération'],
  ['staff-requests', STAFF, '/staff/requests', 'Demandes'],
  ['staff-a-request', STAFF, '/staff/requests/{receivedRequest}', 'Séverin Lucarne, Pousselac'],
  ['staff-operations', STAFF, '/staff/operations', 'Les mois de toutes les opérations'],
  ['staff-behind', STAFF, '/staff/operations?behind=true', 'Les mois de toutes les opérations'],
  ['staff-events', STAFF, '/staff/events', 'Événements mis de côté'],
  ['staff-expected-files', STAFF, '/staff/missing', 'Fichiers attendus'],
  ['staff-capital', STAFF, '/staff/capital', 'Parts sociales'],
  ['staff-erasures', STAFF, '/staff/erasures', 'Effacements demandés'],
  ['staff-messages', STAFF, '/staff/messages', 'E-mails'],
  ['staff-programs', STAFF, '/staff/feeds', 'Programmes'],
  ['staff-files', STAFF, '/staff/deliveries', 'Fichiers'],
  ['staff-a-file', STAFF, '/staff/deliveries/{delivery}', 'ACC00000101_2026-10.csv'],
  ['staff-quarantine', STAFF, '/staff/quarantine', 'Quarantaine'],
  ['staff-a-record', STAFF, '/staff/quarantine/{quarantined}', 'Valeur négative'],
  ['staff-accounts', STAFF, '/staff/accounts', 'Comptes'],
  ['staff-an-account', STAFF, '/staff/accounts/{account}', MEMBER],
  ['staff-log', STAFF, '/staff/audit', 'Journal'],
  ['staff-log-of-accounts', STAFF, '/staff/audit?service=community&entity=account', 'Journal'],
  ['staff-of-others', MEMBER, '/staff', 'Cette page est celle de l’équipe de la plateforme'],
  ['keys', ORGANISER, `/o/${OPERATION}/keys`, 'Les clés de partage'],
  ['keys-new', ORGANISER, `/o/${OPERATION}/keys/new`, 'Écrire une clé'],
  ['keys-draft', ORGANISER, `/o/${OPERATION}/keys/{draftKey}`, 'Par rang'],
  ['keys-vote', ORGANISER, `/o/${OPERATION}/keys/{draftKey}/vote`, 'Faire voter les membres'],
  ['keys-compare', ORGANISER, `/o/${OPERATION}/keys/compare`, 'Comparer des clés'],
  ['keys-comparison', ORGANISER, `/o/${OPERATION}/keys/compare/{comparison}`, 'Comparer des clés'],
  [
    'keys-coefficients',
    ORGANISER,
    `/o/${OPERATION}/keys/coefficients?month=2026-10`,
    'Coefficients · octobre 2026',
  ],
  [
    'keys-deposits',
    ORGANISER,
    `/o/${OPERATION}/keys/deposits?month=2026-10`,
    'Coefficients avant le mois · octobre 2026',
  ],
  ['contact', MEMBER, '/me/contact', 'Contact et langue'],
  ['consents', MEMBER, '/me/consents', 'Accords et consultations'],
  ['my-data', MEMBER, '/me/data', 'Mes données'],
  ['security', MEMBER, '/me/security', 'Connexion et sécurité'],
  ['documents', NO_POINT_YET, '/me/documents', 'Documents'],
  ['capital', MEMBER, '/me/capital', 'Parts sociales'],
  ['leave', MEMBER, '/me/leave', 'Quitter une opération'],
  ['run-operations', ORGANISER, '/o', 'Vos opérations'],
  ['all-operations', STAFF, '/o', 'Toutes les opérations'],
  ['home-of-operation', ORGANISER, `/o/${OPERATION}`, 'Pousse-Soleil'],
  ['close', ORGANISER, `/o/${OPERATION}/months/2026-10`, 'Clôture · octobre 2026'],
  ['close-with-gaps', ORGANISER, `/o/${OPERATION}/months/2026-11`, 'Clôture · novembre 2026'],
  ['bills', ORGANISER, `/o/${OPERATION}/bills`, 'Factures'],
  ['bills-prices', ORGANISER, `/o/${OPERATION}/bills/prices`, 'Prix'],
  ['bills-sales', ORGANISER, `/o/${OPERATION}/bills/sales`, 'Ventes par producteur'],
  ['bills-corrections', ORGANISER, `/o/${OPERATION}/bills/corrections`, 'Corrections des factures'],
  ['bills-year', ORGANISER, `/o/${OPERATION}/bills/year?year=2026`, 'Bilan de 2026'],
  ['bills-taxes', ORGANISER, `/o/${OPERATION}/bills/taxes`, 'Taxes'],
  [
    'bills-seller',
    ORGANISER,
    `/o/${OPERATION}/bills/sellers/{seller}`,
    'Soleils d’Aurelle, SAS coopérative',
  ],
  [
    'bills-a-document',
    ORGANISER,
    `/o/${OPERATION}/bills/documents/{invoice}`,
    'Facture {invoiceNumber}',
  ],
  [
    'bills-found',
    ORGANISER,
    `/o/${OPERATION}/bills/documents?payment=owed`,
    'Chercher une facture',
  ],
  ['payments', ORGANISER, `/o/${OPERATION}/payments`, 'Paiements'],
  ['payments-open', ORGANISER, `/o/${OPERATION}/payments/open`, 'Factures ouvertes'],
  ['payments-mandates', ORGANISER, `/o/${OPERATION}/payments/mandates`, 'Mandats de prélèvement'],
  ['payments-collections', ORGANISER, `/o/${OPERATION}/payments/collections`, 'Prélèvements'],
  [
    'payments-a-collection',
    ORGANISER,
    `/o/${OPERATION}/payments/collections/{collection}`,
    'Un prélèvement',
  ],
  ['payments-statements', ORGANISER, `/o/${OPERATION}/payments/statements`, 'Relevés de banque'],
  ['payments-payouts', ORGANISER, `/o/${OPERATION}/payments/payouts`, 'Reversements'],
  ['payments-books', ORGANISER, `/o/${OPERATION}/payments/books`, 'Comptabilité'],
  ['payments-settings', ORGANISER, `/o/${OPERATION}/payments/settings`, 'Réglages des paiements'],
  [
    'payments-e-invoicing',
    ORGANISER,
    `/o/${OPERATION}/payments/e-invoicing`,
    'Facturation électronique',
  ],
  ['payments-of-all-sellers', STAFF, `/o/${OPERATION}/payments`, 'Paiements'],
  ['people', ORGANISER, `/o/${OPERATION}/people`, 'Membres'],
  ['people-members', ORGANISER, `/o/${OPERATION}/people/members`, 'Membres et points'],
  [
    'people-a-member',
    ORGANISER,
    `/o/${OPERATION}/people/members/{leavingMember}`,
    'Marius Lanterne',
  ],
  ['papers-of-operation', ORGANISER, `/o/${OPERATION}/people/documents`, 'Documents'],
  ['add-a-paper', ORGANISER, `/o/${OPERATION}/people/documents/new`, 'Ajouter un document'],
  [
    'a-paper-of-operation',
    ORGANISER,
    `/o/${OPERATION}/people/documents/{paper}`,
    'Convention d’ACC de Pousse-Soleil',
  ],
  [
    'people-declarations',
    ORGANISER,
    `/o/${OPERATION}/people/declarations`,
    'Déclarations au réseau',
  ],
  ['people-import', ORGANISER, `/o/${OPERATION}/people/import`, 'Importer un tableau'],
  [
    'people-import-participations',
    ORGANISER,
    `/o/${OPERATION}/people/import?of=participations`,
    'Importer un tableau',
  ],
  ['together-of-operation', ORGANISER, `/o/${OPERATION}/together`, 'Ensemble'],
  ['news-of-operation', ORGANISER, `/o/${OPERATION}/together/news`, 'Nouvelles'],
  ['write-news', ORGANISER, `/o/${OPERATION}/together/news/new`, 'Écrire une nouvelle'],
  [
    'an-article-of-operation',
    ORGANISER,
    `/o/${OPERATION}/together${ADDRESS.article}`,
    'Un an de soleil',
  ],
  [
    'plan-a-gathering',
    ORGANISER,
    `/o/${OPERATION}/together/gatherings/new`,
    'Prévoir une rencontre',
  ],
  [
    'run-a-gathering-to-come',
    ORGANISER,
    `/o/${OPERATION}/together${ADDRESS.gatheringToCome}`,
    'Assemblée de l’hiver',
  ],
  [
    'run-a-gathering-held',
    ORGANISER,
    `/o/${OPERATION}/together${ADDRESS.gatheringHeld}`,
    'Visite des ombrières',
  ],
  ['prepare-a-vote', ORGANISER, `/o/${OPERATION}/together/polls/new`, 'Préparer un vote'],
  [
    'run-an-open-vote',
    ORGANISER,
    `/o/${OPERATION}/together/polls/${idOf(ADDRESS.openVote)}`,
    'L’école passe-t-elle la première à midi ?',
  ],
  [
    'run-a-closed-vote',
    ORGANISER,
    `/o/${OPERATION}/together/polls/${idOf(ADDRESS.closedVote)}`,
    'Comment s’appellera la caisse de solidarité ?',
  ],
  ['prepare-a-challenge', ORGANISER, `/o/${OPERATION}/together/challenges/new`, 'Préparer un défi'],
  [
    'run-a-challenge',
    ORGANISER,
    `/o/${OPERATION}/together/challenges/${idOf(ADDRESS.challenge)}`,
    'La lessive à midi',
  ],
  ['set-up', ORGANISER, `/o/${OPERATION}/setup`, 'Mise en route · Pousse-Soleil'],
  ['set-up-participants', ORGANISER, `/o/${OPERATION}/setup/participants`, 'Participants'],
  ['set-up-key', ORGANISER, `/o/${OPERATION}/setup/key`, 'Clé de partage'],
  ['own-files', ORGANISER, `/o/${OPERATION}/files`, 'Fichiers de mesures'],
  ['settings-of-operation', ORGANISER, `/o/${OPERATION}/settings`, 'Réglages · Pousse-Soleil'],
  ['people-map', ORGANISER, `/o/${OPERATION}/people/map`, 'Carte'],
  ['not-an-organiser', MEMBER, `/o/${OPERATION}`, 'Cette page est celle de l’organisateur'],
];

/** The last part of an address. */
function idOf(address: string): string {
  return address.split('/').at(-1) ?? '';
}

/** It has its year in another one than that; with spaces as `heading()` gives them. */
function dayHeading(day: string, title = 'D’où venait mon électricité'): string {
  return `${title} · ${longDay(day, 'fr')}`.replace(/\s/gu, ' ');
}

/** What somebody asks for by the form of /request. */
const REQUEST = {
  name: 'Séverin Lucarne',
  email: 'severin.lucarne@example.org',
  phone: null,
  organisation: null,
  siren: null,
  commune: 'Pousselac',
  address: null,
  points: { household: 12, shop: 1, office: 0, school: 0 },
  plants_kwc: [],
  reason: 'Le toit de la grange est au sud, et tout le hameau voudrait en profiter.',
  may_be_contacted: true,
  language: 'fr',
};

const LOOKS = [
  { look: 'phone', isPhone: true, isDark: false },
  { look: 'dark', isPhone: true, isDark: true },
  { look: 'desktop', isPhone: false, isDark: false },
];

/** Browsers that wait for the next page of whom they belong to. */
const atRest = new Map<string | null, Visitor[]>();

/** A browser of this person's own, who has logged in once: one that rests, or another one. */
async function visitorAs(email: string | null): Promise<Visitor> {
  const resting = atRest.get(email)?.pop();
  if (resting) return resting;
  const visitor = await Visitor.arrive();
  if (email) await visitor.logIn(email, email === STAFF ? platform.operatorPassword : undefined);
  return visitor;
}

function letRest(email: string | null, visitor: Visitor): void {
  atRest.set(email, [...(atRest.get(email) ?? []), visitor]);
}

/** Parts of addresses and headings that are not the same each time. */
const made: Record<string, string> = {};

function filled(text: string): string {
  return text.replace(/\{(\w+)\}/g, (_, part) => made[part] ?? '');
}

beforeAll(async () => {
  const visitor = await Visitor.arrive();
  const { request } = visitor.context;
  const token = await visitor.logIn(MEMBER);
  const headers = { authorization: `Bearer ${token}` };
  const summaries = await (await request.get('/billing/invoice-summaries', { headers })).json();
  const invoice = summaries.find(
    (one: { kind: string; period_from: string }) =>
      one.kind === 'invoice' && one.period_from === '2026-10-01',
  );
  Object.assign(made, { invoice: invoice.id, invoiceNumber: invoice.number });
  const answer = await request.post('/community/requests', { data: REQUEST });
  expect(answer.status()).toBe(201);
  const { id, secret } = await answer.json();
  made.request = `${id}#${secret}`;
  made.receivedRequest = id;
  Object.assign(made, await recordsFor(visitor));
  await visitor.leave();
});

const CHOSEN = PAGES.filter(([name]) => isChosen(name));

test.concurrent.each(CHOSEN)('%s keeps nobody out: phone, desk, dark', async (...row) => {
  const [name, email, path, title, alert] = row;
  const [address, heading] = [filled(path), filled(title)];
  const visitor = await visitorAs(email);
  visitor.row = name;
  const flaws: string[] = [];
  for (const { look, isPhone, isDark } of LOOKS) {
    await visitor.turnDark(isDark);
    // Dusk comes to a page that is open; in each width it is loaded.
    if (!isDark) {
      await visitor.turnTo(isPhone);
      await visitor.open(address);
      if (alert) await visitor.page.getByRole('alert').waitFor();
    }
    const found = await flawsOf(visitor, `${name}.${look}`, { heading, alert, isPhone });
    flaws.push(...found.map((flaw) => `${look}: ${flaw}`));
  }
  letRest(email, visitor);
  expect(flaws).toEqual([]);
});

interface Expected {
  heading: string;
  alert: string | undefined;
  isPhone: boolean;
}

/** What is wrong with what a page shows; its picture is kept by that name. */
async function flawsOf(visitor: Visitor, name: string, expected: Expected): Promise<string[]> {
  const { page } = visitor;
  const { heading, alert, isPhone } = expected;
  await visitor.keepPicture(name);
  const barriers = await visitor.barriers();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  const alerts = await page.getByRole('alert').allTextContents();
  return [
    ...unlike('heading', await visitor.heading(), heading),
    ...unlike('width', width, isPhone ? 390 : 1280),
    ...unlike('alerts', alerts.map((one) => one.slice(0, alert?.length)).join(), alert ?? ''),
    ...barriers,
    ...visitor.faults.splice(0),
  ];
}

function unlike(name: string, seen: string | number, expected: string | number): string[] {
  return seen === expected ? [] : [`${name} is ${seen}, not ${expected}`];
}

afterAll(async () => {
  for (const visitor of [...atRest.values()].flat()) await visitor.leave();
});
