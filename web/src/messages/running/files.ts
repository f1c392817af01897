import { both } from '../../words/language';
import { counted, whole } from '../../words/numbers';

interface FileWords {
  title: string;
  lead: string;
  why: string;
  whyOwn: string;
  whyBelow: string;
  staff: string;
  toStaff: string;
  list: string;
  none: string;
  more: string;
  refused: string;
  keptOut: string;
  reason: (name: string, count: number, hasMore: boolean) => string;
  /** By the code of a record that was kept out. */
  reasons: Record<string, string>;
  others: (count: number) => string;
  moreKeptOut: string;
}

/** Of the files that who runs an operation sends. */
export const fileWords = both<FileWords>(
  {
    title: 'Fichiers de mesures',
    lead: 'Les fichiers que vous avez pris sur le portail du gestionnaire de réseau : déposez-les, et voyez ce qui en a été pris.',
    why: 'Qu’est-ce qui en est pris ?',
    whyOwn:
      'Seulement les mesures des points de vos opérations, pour les jours où ils y participent et qui sont finis. Le reste est mis à part, et personne d’autre ne le voit.',
    whyBelow:
      'Ce que le gestionnaire de réseau envoie lui-même à la plateforme passe toujours avant votre fichier, quel que soit le premier arrivé.',
    staff:
      'Ce que l’équipe de la plateforme envoie vaut comme venu du gestionnaire de réseau : cela se fait à la page des fichiers de l’équipe.',
    toStaff: 'Les fichiers de toutes les opérations',
    list: 'Vos fichiers',
    none: 'Vous n’avez encore envoyé aucun fichier.',
    more: 'Voir les précédents',
    refused:
      'Il ne peut pas être lu : prenez-le de nouveau sur le portail, et envoyez-le comme il est, sans l’ouvrir dans un tableur.',
    keptOut: 'Ce qui n’a pas été pris',
    reason: (name, count, hasMore) =>
      `${name} : ${hasMore ? 'au moins ' : ''}${counted.fr(count, 'enregistrement', 'enregistrements')}`,
    reasons: {
      'not-your-point':
        'Ces mesures sont d’un point qui ne participe pas à vos opérations ce jour-là, ou d’un jour qui n’est pas fini. Si le point devrait y être, inscrivez-le, puis envoyez le fichier de nouveau : il sera relu.',
      'not-for-organisers':
        'Ce ne sont pas des courbes de charge (des index, des événements de contrat, une répartition) : seul le gestionnaire de réseau peut les donner à la plateforme. Demandez à l’équipe.',
      'other-step-stands':
        'Le gestionnaire de réseau a déjà donné ces jours avec un autre pas de temps : ses valeurs restent.',
    },
    others: (count) => `Et ${whole(count, 'fr')} de plus.`,
    moreKeptOut: 'Voir la suite',
  },
  {
    title: 'Files of readings',
    lead: 'The files that you took from the grid operator’s portal: drop them here, and see what was taken of them.',
    why: 'What is taken of them?',
    whyOwn:
      'Only readings of your operations’ points, of days on which they take part and which are over. The rest is set apart, and nobody else sees it.',
    whyBelow:
      'What the grid operator itself sends to the platform always stands before your file, whichever came first.',
    staff:
      'What the platform’s staff send counts as the grid operator’s: that is done on the staff’s page of files.',
    toStaff: 'The files of all operations',
    list: 'Your files',
    none: 'You have not sent any file yet.',
    more: 'Show earlier ones',
    refused:
      'It cannot be read: take it from the portal again, and send it as it is, without opening it in a spreadsheet.',
    keptOut: 'What was not taken',
    reason: (name, count, hasMore) =>
      `${name}: ${hasMore ? 'at least ' : ''}${counted.en(count, 'record', 'records')}`,
    reasons: {
      'not-your-point':
        'These readings are of a point that takes no part in your operations on that day, or of a day that is not over. If it should, enrol it, then send the file again: it will be read again.',
      'not-for-organisers':
        'These are no load curves (indexes, events of contracts, a split): only the grid operator can give them to the platform. Ask the staff.',
      'other-step-stands':
        'The grid operator has given these days in another step already: its values stand.',
    },
    others: (count) => `And ${whole(count, 'en')} more.`,
    moreKeptOut: 'Show more',
  },
);
