import { both } from '../words/language';

/** Whose server it is, in words; any other by its own name. */
const NATIONAL = 'data.geopf.fr';

export const nearWords = both(
  {
    near: 'Suis-je assez près ?',
    send: 'Vérifier',
    address: 'Votre adresse',
    addressHelp: 'Celle de votre compteur : numéro, rue et commune.',
    understood: (label: string, isHouse: boolean) =>
      `Adresse comprise : ${label}.${isHouse ? '' : ' Sans numéro connu, nous mesurons depuis son milieu.'}`,
    likely: (count: number): string =>
      count === 1
        ? 'Une adresse ressemble à celle-ci. Est-ce la vôtre ?'
        : `${count} adresses ressemblent à celle-ci. Laquelle est la vôtre ?`,
    whose: 'Votre adresse est :',
    unknown:
      'Aucune adresse ne ressemble à celle-ci. Écrivez le numéro, la rue et la commune, ou donnez un lieu copié d’une carte, ci-dessous.',
    askedOf: (server: string) =>
      `L’adresse est demandée ${server === NATIONAL ? 'au service national des adresses (IGN)' : `au service d’adresses ${server}`}, sans votre nom ni rien d’autre. Rien n’en est gardé sur cette plateforme.`,
    instead: 'Donner plutôt un lieu copié d’une carte',
    place: 'Où vous habitez',
    placeHelp: 'Le lieu de votre compteur, copié d’une carte : « 43,6045, 1,4440 », ou son lien.',
    placeForgotten:
      'Ce lieu va à cette plateforme seule, qui répond et l’oublie. Rien n’en est gardé.',
    how: 'Comment copier un lieu ?',
    howText:
      'Dans l’application de cartes de votre téléphone, appuyez longuement sur votre maison : les deux nombres s’affichent, copiez-les. Sur un ordinateur, un clic droit sur la carte les donne. Le lien de la carte convient aussi.',
    notAPlace: 'Nous n’y lisons pas de lieu. Il faut deux nombres, ou le lien d’une carte.',
    within: {
      yes: 'Oui, vous êtes assez près.',
      maybe: 'Peut-être : l’organisateur doit regarder.',
      no: 'Non, c’est trop loin pour cette opération.',
    },
    withinWhy: {
      yes: (limit: string | null) =>
        limit
          ? `La loi admet ${limit} entre les deux compteurs les plus éloignés, et vous êtes à moins de tous. Il reste à savoir s’il y a de la place : l’organisateur vous le dira.`
          : 'Il reste à savoir s’il y a de la place : l’organisateur vous le dira.',
      maybe: (limit: string | null) =>
        limit
          ? `La loi admet ${limit} entre les deux compteurs les plus éloignés. Nous ne mesurons qu’à partir du cercle, pour ne montrer la maison de personne : l’organisateur, lui, peut vérifier.`
          : 'La distance seule n’en décide pas ici : l’organisateur, lui, peut vérifier.',
      no: (limit: string | null) =>
        limit
          ? `La loi admet ${limit} entre les deux compteurs les plus éloignés. Une autre opération est peut-être plus proche.`
          : 'Une autre opération est peut-être plus proche.',
    },
  },
  {
    near: 'Am I near enough?',
    send: 'Check',
    address: 'Your address',
    addressHelp: 'That of your meter: number, street and town.',
    understood: (label, isHouse) =>
      `Understood as: ${label}.${isHouse ? '' : ' No number is known there: we measure from its middle.'}`,
    likely: (count) =>
      count === 1
        ? 'One address looks like it. Is it yours?'
        : `${count} addresses look like it. Which is yours?`,
    whose: 'Your address is:',
    unknown:
      'No address looks like it. Write the number, the street and the town, or give a place copied from a map, below.',
    askedOf: (server) =>
      `The address is asked of ${server === NATIONAL ? 'the French national address service (IGN)' : `the address service ${server}`}, without your name or anything else. Nothing of it is kept on this platform.`,
    instead: 'Give a place copied from a map instead',
    place: 'Where you live',
    placeHelp: 'The place of your meter, copied from a map: “43.6045, 1.4440”, or its link.',
    placeForgotten:
      'The place goes to this platform alone, which answers and forgets it. Nothing is kept of it.',
    how: 'How do I copy a place?',
    howText:
      'In the map app of your phone, press your home for a while: the two numbers show, copy them. On a computer, a right click on the map gives them. The link of the map will do as well.',
    notAPlace: 'We read no place in it. It takes two numbers, or the link of a map.',
    within: {
      yes: 'Yes, you are near enough.',
      maybe: 'Perhaps: the organiser has to look.',
      no: 'No, it is too far for this operation.',
    },
    withinWhy: {
      yes: (limit) =>
        limit
          ? `The law allows ${limit} between the two most distant meters, and you are nearer to all of them. Whether there is room, the organiser will tell you.`
          : 'Whether there is room, the organiser will tell you.',
      maybe: (limit) =>
        limit
          ? `The law allows ${limit} between the two most distant meters. We measure from the circle only, so as to show nobody’s home: the organiser can check.`
          : 'Distance alone does not decide here: the organiser can check.',
      no: (limit) =>
        limit
          ? `The law allows ${limit} between the two most distant meters. Another operation may be nearer.`
          : 'Another operation may be nearer.',
    },
  },
);
