import type { Lack } from '../../queries/completeness';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

interface DataWords {
  title: string;
  sums: (expected: string, received: string, estimated: string, missing: string) => string;
  allThere: string;
  nobody: string;
  sendFiles: string;
  picture: string;
  received: string;
  estimated: string;
  missing: string;
  table: string;
  point: string;
  expected: string;
  receivedOnes: string;
  estimatedOnes: string;
  missingOnes: string;
  incompleteDays: string;
  late: string;
  onlyEstimated: string;
  lateHelp: string;
  values: (count: number) => string;
  flows: Record<Lack['flow'], string>;
  waits: (day: string) => string;
  askAgain: string;
  asked: (count: number) => string;
  gap: (point: string, day: string, values: string) => string;
  chooseHelp: string;
  chosen: (count: number) => string;
  askChosen: string;
  estimateChosen: string;
  chooseNone: string;
  askedChosen: string;
  tooEarly: string;
  estimate: string;
  estimateHelp: string;
  estimateNow: string;
  filled: (filled: number, left: number) => string;
  countsNot: string;
  countThem: string;
  countedNow: string;
  countsAlready: string;
  countsAsZero: string;
}

export const dataWords = both<DataWords>(
  {
    title: '1. Les données',
    sums: (expected, received, estimated, missing) =>
      `Mesures attendues : ${expected} ; reçues : ${received} ; estimées : ${estimated} ; manquantes : ${missing}.`,
    allThere: 'Tout est là : il n’y a rien à faire.',
    sendFiles: 'Envoyer les fichiers du gestionnaire de réseau',
    nobody: 'Personne ne participait encore à l’opération ce mois-là.',
    picture: 'Ce qui est arrivé, point par point et jour par jour',
    received: 'reçu',
    estimated: 'estimé',
    missing: 'manquant',
    table: 'La même chose en tableau',
    point: 'Point',
    expected: 'Attendues',
    receivedOnes: 'Reçues',
    estimatedOnes: 'Estimées',
    missingOnes: 'Manquantes',
    incompleteDays: 'Jours incomplets',
    late: 'En retard',
    onlyEstimated: 'Estimé, en attente de la vraie mesure',
    lateHelp:
      'Un jour est en retard quand ses mesures ne sont pas là deux jours après. La plateforme les redemande d’elle-même chaque jour.',
    values: (count) => counted.fr(count, 'mesure', 'mesures'),
    flows: {
      R50: 'peuvent encore arriver d’elles-mêmes',
      R4Q: 'peuvent encore arriver d’elles-mêmes',
      R63: 'à redemander au gestionnaire de réseau',
      'Data Connect': 'à redemander par Data Connect',
      none: 'trop anciennes : personne ne les a plus',
    },
    waits: (day) => `redemandées le ${day}`,
    askAgain: 'Tout redemander',
    asked: (count) =>
      count === 1
        ? 'C’est redemandé : 1 période attend sa réponse.'
        : `C’est redemandé : ${count}\u00a0périodes attendent leur réponse.`,
    gap: (point, day, values) => `${point}, ${day} : ${values} en retard`,
    chooseHelp:
      'Pour n’agir que sur certains jours, choisissez-les : dans l’image, par un clic ou par les flèches et la barre d’espace, ou dans la liste.',
    chosen: (count) => counted.fr(count, 'jour choisi.', 'jours choisis.'),
    askChosen: 'Redemander ces jours',
    estimateChosen: 'Estimer ces jours',
    chooseNone: 'Ne rien choisir',
    askedChosen: 'C’est redemandé.',
    tooEarly:
      'Ce qui manque n’est pas encore en retard : il arrive en général en un ou deux jours.',
    estimate: 'Estimer ce qui manque',
    estimateHelp:
      'Des valeurs calculées d’après les mesures voisines prennent la place de ce qui manque. Elles sont marquées comme estimées, et une vraie mesure les remplace dès qu’elle arrive.',
    estimateNow: 'Estimer',
    filled: (filled, left) =>
      `C’est fait : ${counted.fr(filled, 'mesure estimée', 'mesures estimées')}, ${counted.fr(left, 'manque', 'manquent')} encore.`,
    countsNot:
      'Dans cette opération, les estimations ne comptent pas encore dans les parts : un jour incomplet attend sa vraie mesure.',
    countThem: 'Compter les estimations, pour tous les mois',
    countedNow: 'C’est noté : les estimations comptent dans les parts à partir de maintenant.',
    countsAlready: 'Dans cette opération, les estimations comptent dans les parts.',
    countsAsZero: 'Dans cette opération, ce qui manque compte pour zéro.',
  },
  {
    title: '1. The data',
    sums: (expected, received, estimated, missing) =>
      `Readings expected: ${expected}; received: ${received}; estimated: ${estimated}; missing: ${missing}.`,
    allThere: 'All is there: nothing is to be done.',
    sendFiles: 'Send the grid operator’s files',
    nobody: 'Nobody took part in the operation yet that month.',
    picture: 'What has come, by point and by day',
    received: 'received',
    estimated: 'estimated',
    missing: 'missing',
    table: 'The same as a table',
    point: 'Point',
    expected: 'Expected',
    receivedOnes: 'Received',
    estimatedOnes: 'Estimated',
    missingOnes: 'Missing',
    incompleteDays: 'Incomplete days',
    late: 'Late',
    onlyEstimated: 'Estimated, until the true readings come',
    lateHelp:
      'A day is late once its readings are not there two days after it. The platform asks for them again by itself each day.',
    values: (count) => counted.en(count, 'reading', 'readings'),
    flows: {
      R50: 'may still come by themselves',
      R4Q: 'may still come by themselves',
      R63: 'to be asked of the grid operator again',
      'Data Connect': 'to be asked by Data Connect again',
      none: 'too old: nobody has them any more',
    },
    waits: (day) => `asked again on ${day}`,
    askAgain: 'Ask for all again',
    asked: (count) =>
      count === 1
        ? 'Asked again: 1 period waits for its answer.'
        : `Asked again: ${count}\u00a0periods wait for their answers.`,
    gap: (point, day, values) => `${point}, ${day}: ${values} late`,
    chooseHelp:
      'To act on some days only, choose them: in the picture, by a click or by the arrows and the space bar, or in the list.',
    chosen: (count) => counted.en(count, 'day chosen.', 'days chosen.'),
    askChosen: 'Ask for these days again',
    estimateChosen: 'Estimate these days',
    chooseNone: 'Choose none',
    askedChosen: 'Asked again.',
    tooEarly: 'What is missing is not late yet: it comes within a day or two as a rule.',
    estimate: 'Estimate what is missing',
    estimateHelp:
      'Values computed from the readings around take the place of what is missing. They are marked as estimates, and a true reading replaces them once it comes.',
    estimateNow: 'Estimate',
    filled: (filled, left) =>
      `Done: ${counted.en(filled, 'reading', 'readings')} estimated, ${left} still missing.`,
    countsNot:
      'In this operation estimates do not count in the shares yet: an incomplete day waits for its true reading.',
    countThem: 'Count estimates, for all months',
    countedNow: 'Noted: estimates count in the shares from now on.',
    countsAlready: 'In this operation estimates count in the shares.',
    countsAsZero: 'In this operation what is missing counts as zero.',
  },
);
