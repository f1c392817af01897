import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import { clockAt } from '../../src/words/parisClock';
import { ATELIERS, test } from './ateliers';
import { platform, type Visitor } from './visitor';

const WEB = join(import.meta.dirname, '../..');

const HOUR_MS = 60 * 60_000;
const PDF = Buffer.from('%PDF-1.4\n% Un accord inventé pour ce parcours\n%%EOF\n');

/** What a clock in Paris shows so many hours from now. */
function clockIn(hours: number): string {
  return clockAt(new Date(Date.now() + hours * HOUR_MS).toISOString());
}

/** What somebody does on a page. */
function hands({ page }: Visitor) {
  return {
    press: (name: string | RegExp) => page.getByRole('button', { name }).click(),
    follow: (name: string | RegExp) => page.getByRole('link', { name }).first().click(),
    fill: (label: string | RegExp, text: string) => page.getByLabel(label).fill(text),
    tick: (label: string | RegExp) => page.getByLabel(label).check(),
    unfold: (text: string) => page.locator('summary', { hasText: text }).click(),
    see: (text: string | RegExp) => page.getByText(text).first().waitFor(),
    titled: (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor(),
  };
}

test('news is drafted, previewed, published, and read by a member', async ({
  organiser,
  member,
}) => {
  const { press, follow, fill, tick, unfold, see, titled } = hands(organiser);
  await organiser.open(`/o/${ATELIERS}`);
  await follow('Ensemble');
  await titled('Ensemble');
  await follow('Écrire une nouvelle');
  await fill('Titre', 'Le banc solaire est posé');
  await fill(
    'Texte',
    'Il est **devant le lavoir**.\n\n- venez le voir\n\n<script>alert(1)</script>',
  );
  const preview = organiser.page.getByRole('region', { name: 'Aperçu' });
  await preview.locator('strong', { hasText: 'devant le lavoir' }).waitFor();
  await preview.getByText('<script>alert(1)</script>').waitFor();
  expect(await organiser.barriersOf('news-being-written')).toEqual([]);
  await press('Enregistrer le brouillon');

  // A draft: told as something to go on with, and no member sees it.
  await titled('Le banc solaire est posé');
  await organiser.open(`/o/${ATELIERS}/together`);
  await see('Nouvelle en brouillon : personne ne la lit encore.');
  await follow('Publier : Le banc solaire est posé');
  await see(/2\smembres la liront et en seront prévenus/);
  await fill('Titre', 'Le banc solaire est là');
  await see('Enregistrez d’abord ce que vous venez de changer.');
  expect(await organiser.page.getByRole('button', { name: 'Publier' }).count()).toBe(0);
  await press('Enregistrer le brouillon');
  await see('C’est enregistré.');
  expect(await organiser.barriersOf('news-to-publish')).toEqual([]);
  await press('Publier');
  // It is the tick that is refused, and nothing was sent.
  await organiser.page.locator('input[name=sure]:user-invalid').waitFor();
  await tick('J’ai relu l’aperçu');
  await press('Publier');
  await see(/^Publiée le .* Tous les membres\.$/);
  await press('Mettre à la une');
  await organiser.page.getByRole('button', { name: 'Ne plus mettre à la une' }).waitFor();

  await member.open('/notifications');
  await member.page.getByRole('link', { name: /Le banc solaire est là/ }).click();
  await member.page.locator('strong', { hasText: 'devant le lavoir' }).waitFor();

  await unfold('Retirer cette nouvelle');
  await tick('Je veux la retirer pour de bon');
  await press('Retirer');
  await see(/^Retirée le /);
  await member.page.reload();
  await member.page.getByText('Cette nouvelle n’existe pas, ou n’est plus publiée').waitFor();
}, 120_000);

test('a gathering from its draft to its minutes', async ({ organiser, member }) => {
  const { press, fill, tick, unfold, see, titled } = hands(organiser);
  await organiser.open(`/o/${ATELIERS}/together/gatherings/new`);
  await fill('Titre', 'Assemblée des Ateliers');
  await fill('Début', clockIn(24));
  await fill('Fin', clockIn(26));
  await fill(/^Lieu/, 'Salle des Ateliers');
  await fill(/^Sujet/, 'Le banc');
  expect(await organiser.barriersOf('gathering-being-planned')).toEqual([]);
  await press('Enregistrer le brouillon');
  await titled('Assemblée des Ateliers');
  await see(/2\smembres sont invités/);
  await see('sans exception : c’est une assemblée');
  await tick('J’ai relu la date, l’heure et le lieu');
  await press('Annoncer');
  await organiser.page.getByRole('heading', { name: 'Qui vient' }).waitFor();
  const gathering = organiser.page.url().split('/').at(-1) ?? '';

  await member.open('/notifications');
  await member.page
    .getByText(/Assemblée des Ateliers/)
    .first()
    .waitFor();
  await member.open(`/gatherings/${gathering}`);
  await member.page.getByText('Je viens', { exact: true }).click();
  await member.page.getByText('C’est noté : vous venez').waitFor();

  await organiser.page.reload();
  await organiser.page.getByRole('row', { name: /^Marius Chevron vient/ }).waitFor();
  await organiser.page.getByRole('row', { name: /^Nadège Solive pas de réponse/ }).waitFor();
  await unfold('Changer la date, le lieu ou le texte');
  await fill(/^Lieu/, 'Au lavoir');
  await press(/^Enregistrer$/);
  await see('C’est enregistré.');
  await member.page.reload();
  await member.page.getByText('Au lavoir').first().waitFor();

  // Once it is over, its minutes are the next thing to do.
  const script = join(WEB, 'past_gathering.py');
  execFileSync(platform.python, [script, platform.databaseFolder, gathering]);
  await organiser.open(`/o/${ATELIERS}/together`);
  await see(/le compte rendu manque/);
  expect(await organiser.barriersOf('together-with-things-to-do')).toEqual([]);
  await organiser.page.getByRole('link', { name: 'Écrire : Assemblée des Ateliers' }).click();
  await tick('Nadège Solive était là');
  await see(/1\spersonne présente/);

  await fill('Ce qui s’est dit', 'Le banc plaît.\nOn en parle encore.');
  await fill(/^Décision 1/, 'Un second banc.');
  expect(await organiser.barriersOf('minutes-being-written')).toEqual([]);
  await press('Enregistrer le brouillon');
  await tick('J’ai relu le compte rendu');
  await press('Publier le compte rendu');
  await see(/^Publié le /);
  expect(await organiser.barriersOf('a-gathering-with-minutes')).toEqual([]);

  await member.page.reload();
  await member.page.getByText('On en parle encore.').waitFor();
  await member.page.getByText('Un second banc.').waitFor();
}, 120_000);

test('a vote is prepared, opened, followed and called off', async ({ organiser, member }) => {
  const { press, fill, tick, unfold, see, titled } = hands(organiser);
  await organiser.open(`/o/${ATELIERS}/together/polls/new`);
  await fill('Question', 'Un second banc ?');
  await fill('Options, une par ligne', 'Oui\nNon\nPlus tard');
  await organiser.page.getByLabel('La proposition est adoptée si gagne').selectOption('Oui');
  await fill('Le vote ouvre', clockIn(-1));
  await fill('Le vote se termine', clockIn(48));
  await unfold('Secret, quorum, procurations');
  await organiser.page.getByLabel(/^Quorum/).selectOption('1/2');
  expect(await organiser.barriersOf('vote-being-prepared')).toEqual([]);
  await press('Enregistrer le brouillon');
  await titled('Un second banc ?');
  await see(/2\smembres peuvent voter/);
  await tick('J’ai relu la question, les options et les dates');
  await press('Ouvrir le vote');
  await see('0 sur 2 ont voté');

  await member.open('/together');
  await member.page.getByRole('link', { name: 'Voter : Un second banc ?' }).click();
  await member.page.locator('label', { hasText: 'Oui' }).click();
  await member.page.getByRole('button', { name: 'Voter' }).click();
  await member.page.getByRole('button', { name: 'Déposer ce bulletin' }).click();
  await member.page.getByRole('heading', { name: 'Votre reçu' }).waitFor();

  await organiser.open(`/o/${ATELIERS}/together`);
  await see(/1 sur 2 a voté/);
  await organiser.page.getByRole('link', { name: 'Voir : Un second banc ?' }).click();
  await organiser.page.getByRole('row', { name: /^Marius Chevron oui/ }).waitFor();
  expect(await organiser.barriersOf('a-vote-going-on')).toEqual([]);
  await unfold('Annuler ce vote');
  await fill('Raison', 'La question est à revoir.');
  await tick('Je veux l’annuler pour de bon');
  await press('Annuler le vote');
  await see('Raison : La question est à revoir.');
}, 120_000);

test('a paper is added, sent, and signed by its member', async ({ organiser, member }) => {
  const { press, fill, tick, see, titled } = hands(organiser);
  await organiser.open(`/o/${ATELIERS}/together`);
  await hands(organiser).follow('Voir les documents');
  await hands(organiser).follow('Ajouter un document');
  // Nobody is chosen before somebody chooses.
  await organiser.page.locator('select[name=member_id]:invalid').waitFor();
  await organiser.page.getByLabel('À quel membre').selectOption('Marius Chevron');
  await fill('Titre', 'Accord de Marius Chevron');
  await fill('En vigueur à partir du', '2026-10-01');
  await organiser.page
    .getByLabel('Fichier', { exact: true })
    .setInputFiles({ name: 'accord.pdf', mimeType: 'application/pdf', buffer: PDF });
  await press('Ajouter ce document');
  await titled('Accord de Marius Chevron');
  await see('Version 1');
  await see('Marius Chevron en reçoit l’avis');
  await tick('J’ai vérifié le fichier');
  await press('Envoyer pour signature');
  await see(/^envoyé le .* à Marius Chevron$/);
  expect(await organiser.barriersOf('a-paper-that-was-sent')).toEqual([]);

  await member.open('/me/documents');
  await member.page.getByLabel('J’ai lu la version 1, et je la signe.').check();
  await member.page.getByRole('button', { name: 'Signer' }).click();
  await member.page.getByText(/^signé le .* par Marius Chevron$/).waitFor();
  await organiser.open(`/o/${ATELIERS}/people/documents`);
  await organiser.page.getByRole('heading', { name: 'Signés' }).waitFor();
  await see(/signé le .* par Marius Chevron/);
}, 120_000);

test('a challenge is prepared, announced and called off', async ({ organiser }) => {
  const { press, fill, tick, unfold, see, titled } = hands(organiser);
  await organiser.open(`/o/${ATELIERS}/together/challenges/new`);
  await fill('Titre', 'Le pain de midi');
  await fill('Premier jour', clockIn(7 * 24).slice(0, 10));
  await fill('Dernier jour', clockIn(14 * 24).slice(0, 10));
  expect(await organiser.barriersOf('challenge-being-prepared')).toEqual([]);
  await press('Enregistrer le brouillon');
  await titled('Le pain de midi');
  await see(/2\smembres qui consomment en sont prévenus/);
  await tick('J’ai relu les jours, les heures et l’objectif');
  await press('Annoncer le défi');
  await see('Consommer 10 % de plus que d’habitude');
  await unfold('Annuler ce défi');
  await fill('Raison', 'Le four est en panne.');
  await tick('Je veux l’annuler pour de bon');
  await press('Annuler le défi');
  await see('Raison : Le four est en panne.');
}, 120_000);
