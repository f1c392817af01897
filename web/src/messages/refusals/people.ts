import { conditionsIn } from '../../words/enrolments';
import { both } from '../../words/language';
import type { BySlug } from './bySlug';

type Facts = Record<string, unknown>;

/** What a step of an enrolment needs, by the name of the condition. */
const CONDITIONS = both<Record<string, string>>(
  {
    'agreement-signed':
      'Aucun accord de participation signé ne vaut à son premier jour : ajoutez-le dans ses documents.',
    'identity-complete': 'Son SIREN n’est pas noté : complétez sa fiche.',
    'sale-contract-signed':
      'Aucun contrat de vente signé ne vaut à son premier jour : ajoutez-le dans ses documents.',
    'notice-kept':
      'Le préavis de la convention n’est pas respecté : choisissez un jour plus lointain.',
    'participation-begun': 'Ce jour est avant son entrée : choisissez-en un après.',
  },
  {
    'agreement-signed':
      'No signed agreement to take part holds on its first day: add it to their documents.',
    'identity-complete': 'Their SIREN is not recorded: complete their record.',
    'sale-contract-signed':
      'No signed sale contract holds on its first day: add it to their documents.',
    'notice-kept': 'The notice of the convention is not kept: choose a later day.',
    'participation-begun': 'This day is before they join: choose one after it.',
  },
);

/** Of who looks after the people of an operation. */
export const peopleRefusals = both<BySlug>(
  {
    'conditions-missing': (facts) =>
      conditionsText(facts, CONDITIONS.fr) || 'Il manque quelque chose pour cette étape.',
    'convention-empty': 'La convention doit finir après son début.',
    'declaration-elsewhere': 'Cette déclaration existe déjà. Rechargez la page.',
    'declaration-unknown': 'Cette déclaration n’existe pas, ou plus. Rechargez la liste.',
    'document-elsewhere': 'Ce document existe déjà ailleurs. Rechargez la page.',
    'document-signed':
      'Une version de ce document est signée : seuls son titre et sa fin changent encore.',
    'document-unfit':
      'Ce document ne peut pas être gardé ainsi : vérifiez son membre et ses deux dates.',
    'enrolment-elsewhere': 'Cette entrée existe déjà ailleurs. Rechargez la page.',
    'enrolment-fixed': 'Cette entrée est déjà déclarée : elle ne change plus que par ses étapes.',
    'enrolment-twice':
      'Ce point a déjà une entrée à ce premier jour : continuez celle-là, ou abandonnez-la d’abord.',
    'enrolment-unknown': 'Cette entrée n’existe pas, ou plus. Rechargez la page.',
    'for-staff-to-record':
      'Seule l’équipe de la plateforme peut noter cela : le point a été à quelqu’un d’autre, le membre n’est dans aucune de vos opérations, ou le jour est déjà passé.',
    'lines-refused': 'Des lignes sont refusées : corrigez-les, puis vérifiez à nouveau.',
    'member-erased': 'Ce membre a été effacé, et ne revient pas.',
    'member-list-unreadable':
      'Ce fichier n’est pas une liste de membres. Enregistrez-le en « CSV UTF-8 », avec les titres du modèle et 500 lignes au plus.',
    'member-unknown': 'Ce membre n’existe pas, ou plus. Rechargez la page.',
    'nothing-to-declare':
      'Il n’y a rien à déclarer ce jour-là : personne n’est prêt, ou c’est déjà fait. Rechargez la page.',
    'participation-ambiguous':
      'Ce point entre des deux côtés ce jour-là : dites s’il consomme ou produit.',
    'participation-enrolled': 'Cette participation suit des étapes : prenez la prochaine.',
    'participation-overlap':
      'Ce point participerait deux fois au même moment : terminez d’abord l’autre participation.',
    'participation-repeated': 'Une participation est donnée deux fois.',
    'perimeter-file-too-large':
      'Ce fichier est trop grand : 10\u00a0000 lignes au plus. Envoyez-le en plusieurs parties.',
    'perimeter-file-unreadable':
      'Ce fichier n’est pas un tableau de participations. Vérifiez que sa première ligne a les titres du modèle.',
    'perimeter-unfit':
      'La loi ne permet pas ce périmètre, et votre opération a choisi de refuser ce cas. La page « Carte » dit ce qui dépasse.',
    'point-busy': 'Ce point est en train d’être changé par quelqu’un d’autre. Réessayez.',
    'preview-outdated': 'Quelque chose a changé depuis la vérification. Vérifiez à nouveau.',
    'sign-up-settled': 'Quelqu’un a déjà répondu à cette demande. Rechargez la page.',
    'sign-up-unknown': 'Cette demande n’existe pas, ou plus. Rechargez la page.',
    'sign-up-without-point': 'La demande ne donne pas de point : écrivez son PRM.',
    'signature-unfit':
      'Cette version a déjà été signée ou refusée, ou elle n’est pas la dernière. Rechargez la page.',
    'step-day-unfit':
      'Cette étape ne peut pas être de ce jour-là : il est à venir, ou avant l’étape précédente.',
    'step-not-next': 'Quelqu’un a déjà avancé cette entrée. Rechargez la page.',
    'step-outdated': 'Quelqu’un a déjà avancé cette entrée. Rechargez la page.',
    'validity-empty': 'La fin doit être après le début.',
  },
  {
    'conditions-missing': (facts) =>
      conditionsText(facts, CONDITIONS.en) || 'Something is missing for this step.',
    'convention-empty': 'The convention has to end after it begins.',
    'declaration-elsewhere': 'This declaration exists already. Reload the page.',
    'declaration-unknown': 'There is no such declaration, or no longer. Reload the list.',
    'document-elsewhere': 'This document exists elsewhere already. Reload the page.',
    'document-signed':
      'A version of this document is signed: only its title and its end may change now.',
    'document-unfit': 'This document cannot be kept so: check its member and its two dates.',
    'enrolment-elsewhere': 'This entry exists elsewhere already. Reload the page.',
    'enrolment-fixed': 'This entry is declared already: it changes by its steps only.',
    'enrolment-twice':
      'This point has an entry on that first day already: go on with that one, or give it up first.',
    'enrolment-unknown': 'There is no such entry, or no longer. Reload the page.',
    'for-staff-to-record':
      'Only the platform’s staff can record that: the point was somebody else’s, the member is in none of your operations, or the day is over.',
    'lines-refused': 'Some lines are refused: correct them, then check again.',
    'member-erased': 'This member was erased, and does not come back.',
    'member-list-unreadable':
      'This file is no list of members. Save it as “CSV UTF-8”, with the headings of the template and 500 lines at most.',
    'member-unknown': 'There is no such member, or no longer. Reload the page.',
    'nothing-to-declare':
      'There is nothing to declare on that day: nobody is ready, or it is done already. Reload the page.',
    'participation-ambiguous':
      'This point joins on both sides on that day: say whether it consumes or produces.',
    'participation-enrolled': 'This participation follows steps: take the next one.',
    'participation-overlap':
      'This point would take part twice at the same time: end the other participation first.',
    'participation-repeated': 'A participation is given twice.',
    'perimeter-file-too-large': 'This file is too large: 10,000 lines at most. Send it in parts.',
    'perimeter-file-unreadable':
      'This file is no table of participations. Check that its first line has the headings of the template.',
    'perimeter-unfit':
      'The law does not allow this perimeter, and your operation chose to refuse that. The page “Map” shows what is beyond a limit.',
    'point-busy': 'This point is being changed by somebody else. Try again.',
    'preview-outdated': 'Something has changed since it was checked. Check again.',
    'sign-up-settled': 'Somebody has answered already. Reload the page.',
    'sign-up-unknown': 'Nobody asks so, or no longer. Reload the page.',
    'sign-up-without-point': 'They name no point: write its PRM.',
    'signature-unfit':
      'This version was signed or declined already, or is not the last one. Reload the page.',
    'step-day-unfit':
      'This step cannot be of that day: it is to come, or before the step before it.',
    'step-not-next': 'Somebody has moved this entry already. Reload the page.',
    'step-outdated': 'Somebody has moved this entry already. Reload the page.',
    'validity-empty': 'The end has to be after the beginning.',
  },
);

function conditionsText(facts: Facts, words: Record<string, string>): string {
  return conditionsIn(facts)
    .map((name) => words[name])
    .filter(Boolean)
    .join(' ');
}
