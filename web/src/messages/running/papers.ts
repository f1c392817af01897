import type { Signature } from '../../queries/operationDocuments';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

interface PaperWords {
  title: string;
  help: string;
  none: string;
  noneYet: string;
  toSign: (count: number) => string;
  waiting: string;
  rest: string;
  ofOperation: string;
  states: Record<'draft' | 'sent' | 'signed' | 'declined', string>;
  record: string;
  recordOf: (title: string) => string;
  whatHappened: string;
  next: Record<Signature['state'], string>;
  day: string;
  party: string;
  partyHelp: string;
  sure: string;
  save: string;
  saved: string;
  addVersion: string;
  addVersionHelp: string;
  file: string;
  fileHelp: string;
  send: string;
  add: string;
  addHelp: string;
  kind: string;
  name: string;
  nameOf: (kind: string, member: string) => string;
  from: string;
  to: string;
  toHelp: string;
  addGo: string;
  added: string;
}

/** Of documents as who runs the operation keeps them. */
export const paperWords = both<PaperWords>(
  {
    title: 'Documents',
    help: 'Conventions, accords, contrats et mandats de l’opération. Un document envoyé se signe d’un clic sur la page du membre, ou sur papier : notez alors ici ce qu’il en est.',
    none: 'Aucun document encore. Ils s’ajoutent sur la page de chaque membre.',
    noneYet: 'Aucun document à son nom.',
    toSign: (count) =>
      counted.fr(count, 'document attend une signature', 'documents attendent une signature'),
    waiting: 'En attente',
    rest: 'Signés ou refusés',
    ofOperation: 'de l’opération',
    states: {
      draft: 'à envoyer',
      sent: 'attend la signature',
      signed: 'signé',
      declined: 'refusé',
    },
    record: 'Noter un envoi ou une signature',
    recordOf: (title) => `Noter un envoi ou une signature, ${title}`,
    whatHappened: 'Ce qui s’est passé',
    next: { sent: 'il est envoyé, à signer', signed: 'il est signé', declined: 'il est refusé' },
    day: 'Quel jour',
    party: 'Par qui',
    partyHelp: 'Le nom de la personne à qui il est envoyé, ou qui a signé ou refusé',
    sure: 'Je l’ai vérifié : une signature ou un refus reste',
    save: 'Noter',
    saved: 'C’est noté.',
    addVersion: 'Ajouter une version',
    addVersionHelp:
      'Elle est à envoyer et à signer à son tour. Une version signée avant vaut encore jusque-là.',
    file: 'Fichier',
    fileHelp: 'PDF, ODT, DOCX, PNG ou JPEG, 20 Mio au plus',
    send: 'Ajouter cette version',
    add: 'Ajouter un document',
    addHelp: 'Une fois ajouté, envoyez-le à signer ou notez sa signature.',
    kind: 'Sorte de document',
    name: 'Titre',
    nameOf: (kind, member) => `${kind}, ${member}`,
    from: 'En vigueur à partir du',
    to: 'Premier jour où il ne vaut plus',
    toHelp: 'Vide : sans fin prévue',
    addGo: 'Ajouter ce document',
    added: 'Le document est ajouté.',
  },
  {
    title: 'Documents',
    help: 'Conventions, agreements, contracts and mandates of the operation. A document that is sent is signed by a click on the member’s page, or on paper: record here what became of it.',
    none: 'No document yet. They are added on the page of each member.',
    noneYet: 'No document in their name.',
    toSign: (count) =>
      counted.en(count, 'document waits for a signature', 'documents wait for a signature'),
    waiting: 'Waiting',
    rest: 'Signed or declined',
    ofOperation: 'of the operation',
    states: {
      draft: 'to be sent',
      sent: 'waits for its signature',
      signed: 'signed',
      declined: 'declined',
    },
    record: 'Record that it was sent or signed',
    recordOf: (title) => `Record that it was sent or signed, ${title}`,
    whatHappened: 'What happened',
    next: { sent: 'it is sent, to be signed', signed: 'it is signed', declined: 'it is declined' },
    day: 'On which day',
    party: 'By whom',
    partyHelp: 'The name of the person it is sent to, or who signed or declined',
    sure: 'I have checked it: a signature or a refusal stays',
    save: 'Record',
    saved: 'Recorded.',
    addVersion: 'Add a version',
    addVersionHelp:
      'It is to be sent and signed in its turn. A version signed before it still holds until then.',
    file: 'File',
    fileHelp: 'PDF, ODT, DOCX, PNG or JPEG, 20 MiB at most',
    send: 'Add this version',
    add: 'Add a document',
    addHelp: 'Once it is added, send it to be signed, or record its signature.',
    kind: 'Kind of document',
    name: 'Title',
    nameOf: (kind, member) => `${kind}, ${member}`,
    from: 'In force from',
    to: 'First day on which it no longer holds',
    toHelp: 'Empty: no end planned',
    addGo: 'Add this document',
    added: 'The document is added.',
  },
);
