import { both } from '../../words/language';
import type { BySlug } from './bySlug';

/** Of sharing keys, what-ifs, votes on them and coefficients. */
export const keyRefusals = both<BySlug>(
  {
    'approved-before': 'Cette clé a déjà été approuvée autrement. Rechargez la page.',
    'coefficient-step-unfit':
      'Le pas des coefficients ne va pas avec celui des mesures. Changez-le dans les réglages de l’opération.',
    'coefficient-file-refused':
      'Ce fichier n’est pas celui que le gestionnaire de réseau attend : une ligne pour chaque pas du mois, des PRM en colonnes, 100 % au plus par ligne.',
    'coefficients-not-needed':
      'Le gestionnaire de réseau applique la clé de ce mois lui-même : rien n’est à déposer.',
    'coefficients-unfit':
      'Ces coefficients ne vont pas avec ce mois : ils nomment un point qui n’y participe pas, ou ont trop de décimales.',
    'coefficients-changed':
      'Les parts ont changé depuis ce fichier. Téléchargez-le à nouveau, envoyez-le, puis notez l’envoi.',
    'coefficients-set-before':
      'Les coefficients de ce mois sont fixés avant son début : ce qui a été déposé compte, et rien n’est à envoyer après.',
    'nothing-forecast':
      'Aucune consommation n’est attendue ce mois-là : aucun participant n’a encore un jour complet de mesures. Déposez des règles ou un fichier.',
    'deposit-late': 'Le dernier jour pour déposer ou retirer est passé.',
    'deposit-not-current': 'Ce dépôt ne compte plus : un autre l’a remplacé. Rechargez la page.',
    'deposit-not-taken':
      'Rien n’est à déposer pour ce mois : ses coefficients se fixent après lui, ou centrale par centrale.',
    'declaration-in-future': 'Ce jour n’est pas encore venu. Notez la déclaration une fois faite.',
    'declared-before': 'La déclaration est déjà notée, à un autre jour. Rechargez la page.',
    'key-invalid': ({ prms }) =>
      Array.isArray(prms) && prms.length > 0
        ? 'Cette clé nomme des points qui ne participent pas pendant ses jours. Modifiez-la.'
        : 'Cette clé n’est pas juste : les parts font 100 % au plus, et il faut au moins un rang. Vérifiez-les.',
    'key-never-in-force': 'Le dernier jour est avant le premier. Changez l’un ou l’autre.',
    'key-not-a-draft': 'Cette clé est déjà approuvée : elle ne change plus. Écrivez-en une autre.',
    'key-overlap':
      'Cette clé irait au-delà du début d’une autre. Donnez-lui un dernier jour plus tôt, ou aucun.',
    'key-state-unfit': 'Quelqu’un a déjà fait avancer cette clé. Rechargez la page.',
    'key-type-unsupported': 'La plateforme ne connaît pas cette sorte de clé.',
    'key-unknown': 'Cette clé de partage n’existe pas, ou plus. Revenez à la liste des clés.',
    'notice-too-short':
      'Cette clé commence trop tôt après sa déclaration. Écrivez-en une autre qui commence plus tard.',
    'poll-ended': 'Ce vote est terminé. Rechargez la page.',
    'poll-not-a-draft': 'Ce vote est déjà ouvert. Rechargez la page.',
    'poll-unfit': 'Ce vote ne peut pas avoir lieu ainsi : son dernier jour est-il à venir ?',
    'regime-too-late':
      'Ce mois a commencé, ou son dernier jour pour déposer est passé. Choisissez un mois plus tard.',
    'simulation-not-done': 'Le calcul n’est pas fini. Attendez quelques secondes.',
    'simulation-too-large':
      'C’est trop à calculer en une fois. Choisissez une période plus courte.',
    'simulation-unknown': 'Cette comparaison n’existe pas, ou plus.',
    'too-many-simulations': 'Beaucoup de calculs attendent déjà. Réessayez dans quelques minutes.',
  },
  {
    'approved-before': 'This key was approved in another way already. Reload the page.',
    'coefficient-step-unfit':
      'The step of coefficients does not go with that of the readings. Change it in the settings of the operation.',
    'coefficient-file-refused':
      'This file is not what the grid operator expects: a row for each step of the month, PRMs as columns, at most 100% in a row.',
    'coefficients-not-needed':
      'The grid operator applies the key of this month by itself: there is nothing to deposit.',
    'coefficients-unfit':
      'These coefficients do not fit this month: they name a point that takes no part in it, or have too many decimals.',
    'coefficients-changed':
      'The shares have changed since that file. Download it again, send it, then note that.',
    'coefficients-set-before':
      'The coefficients of this month are set before it begins: what was deposited counts, and nothing is to be sent after it.',
    'nothing-forecast':
      'No consumption is expected in that month: no participant has a whole day of readings yet. Deposit rules or a file.',
    'deposit-late': 'The last day to deposit or withdraw is over.',
    'deposit-not-current': 'This deposit counts no more: another one replaced it. Reload the page.',
    'deposit-not-taken':
      'There is nothing to deposit for this month: its coefficients are set after it, or plant by plant.',
    'declaration-in-future': 'That day has not come yet. Note the declaration once it is made.',
    'declared-before': 'The declaration is noted already, on another day. Reload the page.',
    'key-invalid': ({ prms }) =>
      Array.isArray(prms) && prms.length > 0
        ? 'This key names points that take no part during its days. Change it.'
        : 'This key is not right: parts come to 100% at most, and it takes one rank at least. Check them.',
    'key-never-in-force': 'The last day is before the first one. Change either.',
    'key-not-a-draft':
      'This key is approved already: it does not change any more. Write another one.',
    'key-overlap':
      'This key would reach beyond the beginning of another one. Give it an earlier last day, or none.',
    'key-state-unfit': 'Somebody has moved this key on already. Reload the page.',
    'key-type-unsupported': 'The platform does not know this kind of key.',
    'key-unknown': 'There is no such sharing key, or no longer. Go back to the list of keys.',
    'notice-too-short':
      'This key begins too soon after its declaration. Write another one that begins later.',
    'poll-ended': 'This vote is over. Reload the page.',
    'poll-not-a-draft': 'This vote is open already. Reload the page.',
    'poll-unfit': 'This vote cannot be held like this: is its last day to come?',
    'regime-too-late':
      'This month has begun, or its last day for deposits is over. Choose a later month.',
    'simulation-not-done': 'It is still being computed. Wait a few seconds.',
    'simulation-too-large': 'That is too much to compute at once. Choose a shorter period.',
    'simulation-unknown': 'There is no such comparison, or no longer.',
    'too-many-simulations': 'Many computations wait already. Try again in some minutes.',
  },
);
