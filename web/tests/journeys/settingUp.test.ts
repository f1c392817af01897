import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { linkMailedTo } from './mails';
import { STAFF } from './people';
import { type Meter, r63 } from './r63';
import { platform, test, Visitor } from './visitor';

/** What services hear of each other, and what workers do, takes a moment. */
const PATIENCE = { timeout: 30_000 };
const OPERATION = 'ACC00000777';
const ORGANISER = 'lavoir@example.org';
const PASSWORD = 'une corde à linge bien tendue';
/** The convention is signed; the first month is over. */
const SIGNED = new Date('2026-09-10T10:00:00+02:00');
const OVER = new Date('2026-11-05T10:00:00+01:00');

const ROOF = '99770000000010';
const isNoon = (utcHour: number) => utcHour >= 9 && utcHour < 15;
const METERS: readonly Meter[] = [
  { prm: ROOF, direction: 'PROD', watts: (hour) => (isNoon(hour) ? 9000 : 0) },
  { prm: '99770000000101', direction: 'CONS', watts: (hour) => (isNoon(hour) ? 1500 : 400) },
  { prm: '99770000000102', direction: 'CONS', watts: (hour) => (isNoon(hour) ? 12_000 : 900) },
];
/** Somebody else's: it is not taken. */
const STRANGER: Meter = { prm: '99770000000999', direction: 'CONS', watts: () => 100 };

test('an empty platform comes to its first issued invoice by the guided path alone', async ({
  visitor: staff,
}) => {
  setClocks(SIGNED, staff);
  await openOperation(staff);
  const organiser = await Visitor.arrive();
  try {
    setClocks(SIGNED, organiser);
    await acceptInvitation(organiser);
    await describe(organiser);

    // Two months later, and whoever comes goes on where the path was left.
    setClocks(OVER, organiser);
    await logIn(organiser, ORGANISER, PASSWORD);
    await sendReadings(organiser);
    await closeAndIssue(organiser);
  } catch (error) {
    await organiser.testify('setting up, organiser');
    throw error;
  }
  await organiser.leave();
}, 180_000);

function setClocks(instant: Date, { context }: Visitor): Promise<void> {
  writeFileSync(platform.emptyClock, String((instant.getTime() - Date.now()) / 1000));
  return context.clock.setFixedTime(instant);
}

async function logIn(visitor: Visitor, email: string, password: string): Promise<void> {
  const { page } = visitor;
  await page.context().clearCookies();
  await visitor.open(`${platform.emptyUrl}/log-in`);
  await page.getByLabel('Adresse e-mail').fill(email);
  await page.getByLabel('Mot de passe').fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/log-in'), PATIENCE);
}

/** What only staff may do. */
async function openOperation(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await logIn(visitor, STAFF, platform.emptyPassword);
  await visitor.open(`${platform.emptyUrl}/o`);
  await page.getByRole('link', { name: 'Ouvrir une opération' }).click();
  await page.getByLabel('Nom de l’organisateur').fill('Énergie du Lavoir, association');
  await page.getByLabel('Adresse de l’organisateur').fill('2 place du Lavoir\n99770 Fontclaire');
  await page.getByLabel('Identifiant de l’opération').fill('acc00000777');
  await page.getByLabel('Nom de l’opération').fill('Le Lavoir');
  await page.getByLabel('Premier jour', { exact: true }).fill('2026-10-01');
  await page.getByLabel('sont ceux de la convention').check();
  expect(await visitor.barriersOf('set-up-new-operation')).toEqual([]);
  await page.getByRole('button', { name: 'Ouvrir l’opération' }).click();

  await page.getByText('0 étape faite sur 9').waitFor(PATIENCE);
  await page.getByRole('link', { name: 'Continuer : Qui gère l’opération' }).click();
  await page.getByLabel('Adresse e-mail').fill(ORGANISER);
  await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
  await page.getByText(`C’est envoyé à ${ORGANISER}`).waitFor(PATIENCE);
  await page.getByRole('button', { name: `Retirer l’invitation de ${ORGANISER}` }).waitFor();
  expect(await visitor.barriersOf('set-up-organisers')).toEqual([]);
}

async function acceptInvitation({ page }: Visitor): Promise<void> {
  const pattern = /http:\S+\/invitation#[\w-]+/;
  await page.goto(await linkMailedTo(ORGANISER, pattern, platform.emptyMails));
  await page.getByLabel(/Choisissez un mot de passe/).fill(PASSWORD);
  await page.getByRole('button', { name: 'Accepter' }).click();
  await page.waitForURL(`**/o/${OPERATION}`, PATIENCE);
}

/** All that a convention says, and what the law asks of a seller: each step saved by itself. */
async function describe(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const save = () => page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  const next = async (step: string) => {
    await page.getByRole('link', { name: `Étape suivante : ${step}` }).click(PATIENCE);
    await page.getByRole('heading', { name: step, level: 1 }).waitFor();
  };

  await page.getByText('1 étape faite sur 9').waitFor(PATIENCE);
  expect(await visitor.barriersOf('set-up-home')).toEqual([]);
  await page.getByRole('link', { name: 'Continuer : Cadre légal' }).click();
  await save();
  await next('Participants');

  await enrol(visitor, {
    kind: 'company',
    name: 'Toits du Lavoir, SAS',
    address: '2 place du Lavoir\n99770 Fontclaire',
    email: 'toits@example.org',
    siren: '995 000 031',
    vatNumber: 'FR 93 995000031',
    prm: '99 7700 0000 0010',
    label: 'Toit du lavoir',
    peakPower: '36',
  });
  await enrol(visitor, {
    kind: 'household',
    name: 'Lucie Fontaine',
    address: '5 rue de la Source\n99770 Fontclaire',
    email: 'lucie.fontaine@example.org',
    prm: '99770000000101',
    label: 'Maison',
    subscribed: '6',
  });
  await enrol(visitor, {
    kind: 'public_body',
    name: 'Commune de Fontclaire',
    address: '1 place de la Mairie\n99770 Fontclaire',
    email: 'mairie@example.org',
    siren: '995000049',
    prm: '99770000000102',
    label: 'École',
    subscribed: '36',
  });
  expect(await visitor.barriersOf('set-up-participants')).toEqual([]);
  await next('Clé de partage');

  await page.getByLabel('Annoncée au gestionnaire de réseau le').fill('2026-09-01');
  await page.getByLabel('a bien été informé').check();
  expect(await visitor.barriersOf('set-up-key')).toEqual([]);
  await page.getByRole('button', { name: 'Mettre la clé en vigueur' }).click();
  await page.getByText('en vigueur à partir du 1er octobre 2026').waitFor(PATIENCE);
  await next('Vendeurs');

  await page.getByLabel('Forme juridique').fill('SAS coopérative à capital variable');
  await page.getByText('Autres mentions').click();
  await page.getByLabel('Capital').fill('5 000');
  await page.getByLabel('Registre du commerce').fill('RCS Fontclaire 995 000 031');
  await page.getByLabel('SIRET').fill('995 000 031 00014');
  expect(await page.getByLabel('Contact pour les réclamations').inputValue()).toBe(
    'toits@example.org',
  );
  await page.getByLabel('J’ai relu ce profil').check();
  expect(await visitor.barriersOf('set-up-sellers')).toEqual([]);
  await page.getByRole('button', { name: 'Enregistrer le profil' }).click();
  // Where its customers pay it is optional; of an organiser alone, it waits to be confirmed.
  await page.getByRole('link', { name: 'Étape suivante : Prix' }).waitFor(PATIENCE);
  await page.getByText('Enregistrer le compte').first().click();
  await page.getByLabel('IBAN').fill('FR14 2004 1010 0505 0001 3M02 606');
  await page.getByRole('button', { name: 'Enregistrer le compte' }).click();
  await page.getByText('Le compte attend').waitFor(PATIENCE);
  await next('Prix');

  await page.getByLabel('Prix du kWh hors taxes').fill('0,1250');
  await page.getByText('100 kWh coûteront 12,50 € hors taxes, 15,00 €').waitFor();
  // As the seller has said.
  expect(await page.getByLabel('TVA', { exact: true }).inputValue()).toBe('standard');
  expect(await visitor.barriersOf('set-up-prices')).toEqual([]);
  await save();
  await next('Accise');

  await page.getByLabel('Preuve').fill('Dossier A3, note du 2 septembre 2026');
  await page.getByLabel('J’ai relu cette décision').check();
  expect(await visitor.barriersOf('set-up-taxes')).toEqual([]);
  await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
  await next('Mesures');
}

interface Participant {
  kind: string;
  name: string;
  address: string;
  email: string;
  siren?: string;
  vatNumber?: string;
  prm: string;
  label: string;
  /** A plant's. */
  peakPower?: string;
  /** A consumer's. */
  subscribed?: string;
}

async function enrol({ page }: Visitor, participant: Participant): Promise<void> {
  const { kind, name, address, email, siren, vatNumber } = participant;
  const { prm, label, peakPower, subscribed } = participant;
  await page.getByLabel(peakPower ? 'produit' : 'consomme', { exact: true }).check();
  await page.getByLabel('C’est', { exact: true }).selectOption(kind);
  await page.getByLabel('Nom', { exact: true }).fill(name);
  await page.getByLabel('Adresse', { exact: true }).fill(address);
  await page.getByLabel('Adresse e-mail').fill(email);
  if (siren) await page.getByLabel('SIREN').fill(siren);
  if (vatNumber) await page.getByLabel('Numéro de TVA').fill(vatNumber);
  await page.getByLabel('PRM du compteur').fill(prm);
  await page.getByLabel('Nom du point').fill(label);
  if (peakPower) await page.getByLabel('Puissance installée').fill(peakPower);
  if (subscribed) await page.getByLabel('Puissance souscrite').fill(subscribed);
  expect(await page.getByLabel('Participe à partir du').inputValue()).toBe('2026-10-01');
  await page.getByRole('button', { name: 'Inscrire' }).click();
  await page.getByText(`${name} est inscrit`).waitFor(PATIENCE);
  await page.getByRole('row', { name }).waitFor();
}

async function sendReadings(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await page.waitForURL(`**/o/${OPERATION}`, PATIENCE);
  await page.getByText('7 étapes faites sur 9').waitFor(PATIENCE);
  await page.getByRole('link', { name: 'Continuer : Mesures' }).click();
  const october = [new Date('2026-09-30T22:00Z'), new Date('2026-10-31T23:00Z')] as const;
  await page.locator('input[type=file]').setInputFiles({
    name: 'ENEDIS_R63_P_CdC_M0001_00001_20261105093000.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(r63([...METERS, STRANGER], ...october)),
  });
  await page.getByText('1 490 mis à part').first().waitFor(PATIENCE);
  expect(await visitor.barriersOf('set-up-readings')).toEqual([]);

  await page.getByRole('link', { name: /^ENEDIS_R63/ }).click();
  await page.getByText('ne participe pas à vos opérations ce jour-là').waitFor(PATIENCE);
  expect(await visitor.barriersOf('set-up-file')).toEqual([]);
}

async function closeAndIssue(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const step = (name: string) => page.locator(`#${name}`);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('link', { name: 'Fichiers', exact: true }).click();
  await page.getByRole('link', { name: 'Le Lavoir' }).click();
  await page.getByRole('link', { name: 'Clôture', exact: true }).click();
  await expect
    .poll(async () => {
      await page.reload();
      await visitor.settle();
      return step('shares').textContent();
    }, PATIENCE)
    .toContain('Les 31 jours du mois sont répartis.');
  await press('Clore octobre 2026');
  await step('settlement').getByText('Clôture n° 1, provisoire').waitFor(PATIENCE);
  await press('Préparer les brouillons');
  await step('bills').getByText('2 brouillons à relire').waitFor(PATIENCE);
  await page.getByLabel('J’ai relu les brouillons').check();
  await press('Émettre les 2 documents');
  await step('bills').getByText('2 documents sont émis').waitFor(PATIENCE);

  // By the path's page of today: all is done, and by hand it comes to the same.
  await visitor.open(`${platform.emptyUrl}/o/${OPERATION}/setup`);
  await page.getByText('Toutes les étapes sont faites').waitFor(PATIENCE);
  expect(await visitor.barriersOf('set-up-done')).toEqual([]);
  await visitor.open(`${platform.emptyUrl}/o/${OPERATION}/months/2026-10`);
  const bills = await step('bills').textContent();
  expect(bills?.replace(/\s/gu, ' ')).toContain('27,90 €');
  expect(bills?.replace(/\s/gu, ' ')).toContain('223,20 €');
}
