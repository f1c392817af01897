import { both } from '../../words/language';
import { counted } from '../../words/numbers';

interface DeclarationWords {
  lead: string;
  next: string;
  nothing: string;
  entry: (name: string, label: string, day: string) => string;
  exit: (name: string, label: string, day: string) => string;
  /** Instead of the name of who gave up coming in. */
  gaveUp: string;
  leftOut: string;
  leftOutHelp: string;
  waits: (name: string) => string;
  toMember: (name: string) => string;
  day: string;
  dayHelp: string;
  effect: (entries: number, exits: number) => string;
  sure: string;
  submit: string;
  made: string;
  past: string;
  noPast: string;
  ofDay: (day: string) => string;
  count: (entries: number, exits: number) => string;
  download: string;
  downloadOf: (day: string) => string;
  downloads: (count: number) => string;
  lines: string;
  why: string;
  whyText: string;
  conventionHelp: string;
  unknown: string;
  toSettings: string;
}

/** Of what the grid operator is told: entries, exits, and what was agreed. */
export const declarationWords = both<DeclarationWords>(
  {
    lead: 'Le gestionnaire de réseau apprend les entrées et les sorties par un fichier, avant leur premier jour.',
    next: 'À déclarer maintenant',
    nothing:
      'Rien n’est à déclarer : personne n’a signé ni demandé à sortir depuis la dernière fois.',
    entry: (name, label, day) => `Entrée le ${day} : ${name}, ${label}`,
    exit: (name, label, day) => `Sortie le ${day} : ${name}, ${label}`,
    gaveUp: 'abandonnée',
    leftOut: 'Pas encore prêts',
    leftOutHelp: 'Ils n’empêchent pas de déclarer les autres.',
    waits: (name) => `${name} : `,
    toMember: (name) => `Voir la page de ${name}`,
    day: 'Jour de la déclaration',
    dayHelp: 'Celui où vous envoyez le fichier : le préavis court de ce jour',
    effect: (entries, exits) =>
      `Le fichier déclare ${counted.fr(entries, 'entrée', 'entrées')} et ${counted.fr(exits, 'sortie', 'sorties')}. Le périmètre change d’autant, et cela ne s’efface pas.`,
    sure: 'J’envoie ce fichier au gestionnaire de réseau ce jour-là',
    submit: 'Faire la déclaration',
    made: 'La déclaration est faite. Téléchargez son fichier ci-dessous, et envoyez-le aujourd’hui.',
    past: 'Déclarations faites',
    noPast: 'Aucune encore.',
    ofDay: (day) => `Déclaration du ${day}`,
    count: (entries, exits) =>
      `${counted.fr(entries, 'entrée', 'entrées')}, ${counted.fr(exits, 'sortie', 'sorties')}`,
    download: 'Télécharger le fichier',
    downloadOf: (day) => `Télécharger le fichier du ${day}`,
    downloads: (count) =>
      count === 0
        ? 'Pas encore téléchargé : est-il envoyé ?'
        : `Téléchargé ${count === 1 ? 'une fois' : `${count}\u00a0fois`}.`,
    lines: 'Qui y est',
    why: 'Quel est ce fichier ?',
    whyText:
      'Un tableau CSV, une ligne par mouvement : point, sens, titulaire, adresse, puissances, date. Le formulaire d’Enedis n’est pas public : recopiez ces colonnes dans le vôtre si on vous le demande.',
    conventionHelp:
      'Ses délais décident des dates possibles. Vérifiez-les sur la convention signée : ceux par défaut n’en viennent pas.',
    unknown: 'non noté',
    toSettings: 'Corriger la convention dans les réglages',
  },
  {
    lead: 'The grid operator is told of entries and exits by a file, before their first day.',
    next: 'To declare now',
    nothing: 'Nothing is to be declared: nobody has signed or asked to leave since the last time.',
    entry: (name, label, day) => `Entry on ${day}: ${name}, ${label}`,
    exit: (name, label, day) => `Exit on ${day}: ${name}, ${label}`,
    gaveUp: 'given up',
    leftOut: 'Not ready yet',
    leftOutHelp: 'They keep no other from being declared.',
    waits: (name) => `${name}: `,
    toMember: (name) => `See the page of ${name}`,
    day: 'Day of the declaration',
    dayHelp: 'The one on which you send the file: the notice runs from it',
    effect: (entries, exits) =>
      `The file declares ${counted.en(entries, 'entry', 'entries')} and ${counted.en(exits, 'exit', 'exits')}. The perimeter changes by them, and that stays.`,
    sure: 'I send this file to the grid operator on that day',
    submit: 'Make the declaration',
    made: 'The declaration is made. Download its file below, and send it today.',
    past: 'Declarations made',
    noPast: 'None yet.',
    ofDay: (day) => `Declaration of ${day}`,
    count: (entries, exits) =>
      `${counted.en(entries, 'entry', 'entries')}, ${counted.en(exits, 'exit', 'exits')}`,
    download: 'Download the file',
    downloadOf: (day) => `Download the file of ${day}`,
    downloads: (count) =>
      count === 0
        ? 'Not downloaded yet: is it sent?'
        : `Downloaded ${count === 1 ? 'once' : `${count} times`}.`,
    lines: 'Who is in it',
    why: 'What is this file?',
    whyText:
      'A CSV table, a line for each movement: point, side, holder, address, powers, date. The form of Enedis is not public: copy these columns into yours if you are asked for it.',
    conventionHelp:
      'Its notices decide which days are possible. Check them against the signed convention: the defaults are not of it.',
    unknown: 'not recorded',
    toSettings: 'Correct the convention in the settings',
  },
);
