import { both } from '../../words/language';
import type { BySlug } from './bySlug';

/** Of who sets an operation up; only those pages load it. */
export const settingUpRefusals = both<BySlug>(
  {
    'accise-regime-invalid':
      'Un taux nul demande le texte qui le permet et la pièce qui le prouve.',
    'declaration-in-future': 'Le gestionnaire de réseau n’a pas pu être informé un jour à venir.',
    'declared-before':
      'Cette clé a déjà été annoncée un autre jour. Si c’est une erreur, préparez-en une autre.',
    'issuer-profile-invalid':
      'Ce qui est dit du vendeur ne va pas ensemble : vérifiez la TVA, la forme juridique et le SIRET.',
    'key-overlap': 'Une autre clé est en vigueur ces jours-là.',
    'key-state-unfit': 'Cette clé a avancé entre-temps. Rechargez la page.',
    'member-erased': 'Les données de ce membre sont effacées : inscrivez-le comme nouveau membre.',
    'notice-too-short':
      'L’annonce est trop près du premier jour de la clé : choisissez un premier jour plus tard, ou vérifiez le jour de l’annonce.',
    'operation-taken':
      'Cet identifiant est déjà celui d’une opération. Vérifiez-le auprès du gestionnaire de réseau.',
    'operation-unknown':
      'Un service n’a pas encore appris cette opération. Réessayez dans quelques secondes.',
    'participation-enrolled':
      'Ce point a déjà une inscription : faites son étape suivante sur la page « Membres ».',
    'participation-overlap':
      'Ce point participe déjà ces jours-là : terminez d’abord cette participation.',
    'perimeter-unfit':
      'Le cadre légal ne permet pas ce point : il est trop loin, ou il y aurait trop de puissance.',
    'point-unknown':
      'Ce point ne peut pas être inscrit ici. Vérifiez le PRM ; s’il est juste, demandez à l’équipe de la plateforme.',
    'price-list-invalid': 'Ce prix n’a pas la forme attendue : au plus six décimales.',
    'upload-malformed': 'Le fichier n’est pas arrivé entier. Envoyez-le de nouveau.',
  },
  {
    'accise-regime-invalid':
      'A rate of zero needs the law that allows it and the document that proves it.',
    'declaration-in-future': 'The grid operator cannot have been told on a day to come.',
    'declared-before':
      'This key was announced on another day already. If that is wrong, draft another one.',
    'issuer-profile-invalid':
      'What is said of the seller does not go together: check VAT, legal form and SIRET.',
    'key-overlap': 'Another key is in force on those days.',
    'key-state-unfit': 'This key has moved on meanwhile. Reload the page.',
    'member-erased': 'The data of this member are erased: enrol them as a new member.',
    'notice-too-short':
      'The announcement is too near the first day of the key: choose a later first day, or check the day of the announcement.',
    'operation-taken':
      'That is the identifier of an operation already. Check it with the grid operator.',
    'operation-unknown':
      'A service has not heard of this operation yet. Try again in a few seconds.',
    'participation-enrolled':
      'This point is being enrolled already: take its next step on the page “Members”.',
    'participation-overlap':
      'This point takes part on those days already: end that participation first.',
    'perimeter-unfit':
      'The legal basis does not allow this point: it is too far, or there would be too much power.',
    'point-unknown':
      'This point cannot be enrolled here. Check the PRM; if it is right, ask the platform’s staff.',
    'price-list-invalid': 'This price does not look as it should: six decimals at most.',
    'upload-malformed': 'The file did not arrive whole. Send it again.',
  },
);
