import type { Delivery } from '../queries/deliveries';
import { de } from '../words/elision';
import { both } from '../words/language';
import { counted, whole } from '../words/numbers';

interface DeliveryWords {
  title: string;
  lead: string;
  send: string;
  sendHelp: string;
  choose: string;
  sending: (name: string) => string;
  partSent: (part: string, whole: string) => string;
  waitsToBeSent: string;
  sent: string;
  already: string;
  list: string;
  which: string;
  all: string;
  none: string;
  more: string;
  states: Record<Delivery['status'], string>;
  meaning: Record<Delivery['status'], string>;
  counts: (records: number, accepted: number, duplicate: number) => string;
  heldOf: (count: number) => string;
  quarantined: (count: number) => string;
  came: (moment: string, who: string) => string;
  inbox: string;
  facts: string;
  formats: string;
  size: string;
  channel: string;
  channels: Record<Delivery['channel'], string>;
  received: string;
  recorded: string;
  problem: string;
  content: string;
  records: string;
  accepted: string;
  superseding: string;
  duplicate: string;
  outdated: string;
  held: string;
  keptOut: string;
  toQuarantine: string;
  allKeptOut: string;
  expected: string;
  programs: string;
  notes: string;
  notesHelp: string;
}

/** Of files of readings. */
export const deliveryWords = both<DeliveryWords>(
  {
    title: 'Fichiers',
    lead: 'Les fichiers du gestionnaire de réseau, et d’autres courbes : comment ils sont venus, et ce qui en a été pris.',
    send: 'Envoyer des fichiers',
    sendHelp:
      'Déposez-les ici, ou choisissez-les. Ils partent l’un après l’autre, et sont lus dans cet ordre ; leur format se reconnaît à leur contenu. Envoyer deux fois le même fichier ne change rien.',
    choose: 'Choisir des fichiers',
    sending: (name) => `Envoi ${de(name)}`,
    partSent: (part, whole) => `${part} sur ${whole}`,
    waitsToBeSent: 'attend son tour',
    sent: 'Les fichiers envoyés',
    already: 'déjà reçu auparavant : rien n’est pris de nouveau',
    list: 'Les fichiers reçus',
    which: 'Lesquels',
    all: 'Tous',
    none: 'Aucun fichier ici.',
    more: 'Voir les précédents',
    states: {
      received: 'à lire',
      recorded: 'enregistré',
      refused: 'abîmé',
      failed: 'en échec',
    },
    meaning: {
      received: 'Il est gardé, et sera lu dans un instant.',
      recorded: 'Il est lu, et ce qu’il contient est enregistré.',
      refused: 'Il ne peut pas être lu comme il est : redemandez-le à qui l’a envoyé.',
      failed: 'La plateforme n’a pas su l’enregistrer : renvoyez-le une fois la cause réparée.',
    },
    counts: (records, accepted, duplicate) =>
      `${counted.fr(records, 'enregistrement', 'enregistrements')} : ${whole(accepted, 'fr')} pris, ${counted.fr(duplicate, 'déjà connu', 'déjà connus')}`,
    heldOf: (count) => `dont ${counted.fr(count, 'attend', 'attendent')} une opération`,
    quarantined: (count) => counted.fr(count, 'mis à part', 'mis à part'),
    came: (moment, who) => `${moment}, par ${who}`,
    inbox: 'le dossier surveillé',
    facts: 'Le fichier',
    formats: 'Format',
    size: 'Taille',
    channel: 'Venu par',
    channels: { push: 'envoi', inbox: 'dossier surveillé', pull: 'relève automatique' },
    received: 'Reçu',
    recorded: 'Lu',
    problem: 'Ce qui ne va pas',
    content: 'Ce qui en a été pris',
    records: 'Enregistrements du fichier',
    accepted: 'Pris',
    superseding: 'dont à la place d’une autre valeur',
    duplicate: 'Déjà connus',
    outdated: 'dont dépassés par une publication plus récente',
    held: 'dont en attente d’une opération',
    keptOut: 'Mis à part',
    toQuarantine: 'Voir ce qui est mis à part',
    allKeptOut: 'La quarantaine : ce qui est mis à part, de tous les fichiers',
    expected: 'Les fichiers attendus : numéros manquants, relèves automatiques',
    programs: 'Les programmes qui envoient des fichiers, et leurs secrets',
    notes: 'Remarques',
    notesHelp: 'Ce qui a été laissé de côté sans perte, avec les mots du service, en anglais.',
  },
  {
    title: 'Files',
    lead: 'Files of the grid operator, and other curves: how they came, and what was taken of them.',
    send: 'Send files',
    sendHelp:
      'Drop them here, or choose them. They leave one after another, and are read in that order; their format is recognised by their content. To send the same file twice changes nothing.',
    choose: 'Choose files',
    sending: (name) => `Sending ${name}`,
    partSent: (part, whole) => `${part} of ${whole}`,
    waitsToBeSent: 'waits for its turn',
    sent: 'Files sent',
    already: 'received before: nothing is taken anew',
    list: 'Files received',
    which: 'Which ones',
    all: 'All',
    none: 'No file here.',
    more: 'Show earlier ones',
    states: { received: 'to be read', recorded: 'recorded', refused: 'damaged', failed: 'failed' },
    meaning: {
      received: 'It is kept, and will be read in a moment.',
      recorded: 'It is read, and what it holds is recorded.',
      refused: 'It cannot be read as it is: ask its sender for it again.',
      failed: 'The platform could not record it: send it again once the cause is mended.',
    },
    counts: (records, accepted, duplicate) =>
      `${counted.en(records, 'record', 'records')}: ${whole(accepted, 'en')} taken, ${whole(duplicate, 'en')} known already`,
    heldOf: (count) => `${count} of them waiting for an operation`,
    quarantined: (count) => `${count} set apart`,
    came: (moment, who) => `${moment}, by ${who}`,
    inbox: 'the watched folder',
    facts: 'The file',
    formats: 'Format',
    size: 'Size',
    channel: 'Came by',
    channels: { push: 'sending', inbox: 'the watched folder', pull: 'automatic pull' },
    received: 'Received',
    recorded: 'Read',
    problem: 'What is wrong',
    content: 'What was taken of it',
    records: 'Records of the file',
    accepted: 'Taken',
    superseding: 'of them in the place of another value',
    duplicate: 'Known already',
    outdated: 'of them outdated by a later publication',
    held: 'of them waiting for an operation',
    keptOut: 'Set apart',
    toQuarantine: 'See what is set apart',
    allKeptOut: 'The quarantine: what is set apart, of all files',
    expected: 'Expected files: missing numbers, automatic pulls',
    programs: 'Programs that send files, and their secrets',
    notes: 'Notes',
    notesHelp: 'What was passed over without loss, in the service’s own words.',
  },
);
