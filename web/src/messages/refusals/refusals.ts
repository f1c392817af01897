import { both } from '../../words/language';
import type { BySlug } from './bySlug';
import { energyRefusals } from './energy';
import { entryRefusals } from './entry';
import { ownRefusals } from './own';
import { sellingRefusals } from './selling';
import { togetherRefusals } from './together';

const MEBIBYTE = 1024 ** 2;

/** Limits are whole mebibytes, or less than one. */
function sizeOf(bytes: unknown, mebi: string, kibi: string): string {
  const count = Number(bytes);
  return count < MEBIBYTE ? `${count / 1024}\u00a0${kibi}` : `${count / MEBIBYTE}\u00a0${mebi}`;
}

/** By slug of the problem: what happened, and what to do. What is missing falls to its status. */
export const refusalWords = both<{
  bySlug: BySlug;
  byStatus: Record<number, string>;
  unknown: string;
  offline: string;
  quote: (id: string) => string;
}>(
  {
    bySlug: {
      ...entryRefusals.fr,
      ...togetherRefusals.fr,
      ...energyRefusals.fr,
      ...ownRefusals.fr,
      ...sellingRefusals.fr,
      'allowance-spent': 'Vous en demandez beaucoup d’un coup. Réessayez dans une minute.',
      'body-too-large': ({ limit_bytes }) =>
        `Cela dépasse ${sizeOf(limit_bytes, 'Mio', 'Kio')}. Envoyez moins à la fois, ou un fichier plus léger.`,
      'file-gone': 'Ce fichier n’est plus là. Dites-le à votre organisateur.',
      'files-unavailable': 'Les fichiers sont hors d’atteinte. Réessayez dans quelques minutes.',
      gateway: 'La plateforme est très demandée. Réessayez dans quelques secondes.',
    },
    byStatus: {
      401: 'Votre session est terminée : reconnectez-vous.',
      403: 'Cette page est celle de quelqu’un d’autre : vous ne pouvez pas la voir.',
      404: 'Cela n’existe pas, ou plus. Vérifiez le lien, ou revenez à votre mois.',
      408: 'Votre envoi n’avançait plus. Vérifiez votre connexion et réessayez.',
      409: 'Ce n’est pas possible dans l’état actuel. Rechargez la page pour voir ce qui a changé.',
      413: 'C’est trop grand. Envoyez moins à la fois.',
      415: 'Ce genre de fichier n’est pas accepté. Essayez avec un autre.',
      422: 'Quelque chose n’est pas rempli comme attendu. Vérifiez et réessayez.',
      429: 'La plateforme est très demandée. Réessayez dans quelques secondes.',
      501: 'Cette plateforme n’est pas équipée pour cela. Demandez à votre coopérative.',
      503: 'La plateforme est très demandée. Réessayez dans quelques secondes.',
    },
    unknown: 'La plateforme n’a pas répondu comme prévu. Réessayez dans un instant.',
    offline: 'Pas de réponse. Vérifiez votre connexion à Internet et réessayez.',
    quote: (id) => `Si cela recommence, donnez ce numéro à votre coopérative : ${id}`,
  },
  {
    bySlug: {
      ...entryRefusals.en,
      ...togetherRefusals.en,
      ...energyRefusals.en,
      ...ownRefusals.en,
      ...sellingRefusals.en,
      'allowance-spent': 'That is a lot at once. Try again in a minute.',
      'body-too-large': ({ limit_bytes }) =>
        `That is more than ${sizeOf(limit_bytes, 'MiB', 'KiB')}. Send less at a time, or a lighter file.`,
      'file-gone': 'This file is no longer there. Tell your organiser.',
      'files-unavailable': 'Files cannot be reached. Try again in some minutes.',
      gateway: 'The platform is much in demand. Try again in a few seconds.',
    },
    byStatus: {
      401: 'Your session is over: log in again.',
      403: 'This page is somebody else’s: you may not see it.',
      404: 'There is no such thing, or no longer. Check the link, or go back to your month.',
      408: 'What you sent got stuck. Check your connection and try again.',
      409: 'That cannot be done as things stand. Reload the page to see what has changed.',
      413: 'That is too large. Send less at a time.',
      415: 'This kind of file is not accepted. Try another one.',
      422: 'Something is not filled in as expected. Check it and try again.',
      429: 'The platform is much in demand. Try again in a few seconds.',
      501: 'This platform is not equipped for that. Ask your co-op.',
      503: 'The platform is much in demand. Try again in a few seconds.',
    },
    unknown: 'The platform did not answer as it should. Try again in a moment.',
    offline: 'No answer. Check your connection to the internet and try again.',
    quote: (id) => `If it happens again, give your co-op this number: ${id}`,
  },
);
