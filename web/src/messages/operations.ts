import { both } from '../words/language';

export const operationsWords = both(
  {
    title: 'L’électricité d’ici, partagée',
    lead: 'Le soleil d’un toit profite aux voisins, au commerce, à la mairie. Voici les opérations qui se présentent au public.',
    howItWorks: 'Comment ça marche ?',
    howItWorksText: [
      'Des panneaux, sur un toit du voisinage, produisent de l’électricité.',
      'Au fil de la journée, elle est répartie entre les membres qui consomment au même moment.',
      'Pour le reste, chacun garde son fournisseur : rien à changer au compteur, et deux factures au lieu d’une.',
    ],
    find: 'Chercher une commune ou un nom',
    count: (count: number) => (count === 1 ? '1 opération' : `${count} opérations`),
    noMatch: 'Aucune ne porte ce nom. Essayez celui d’une commune voisine.',
    none: 'Aucune opération ne se présente au public pour l’instant. Vous pouvez en demander une : c’est ainsi qu’elles commencent.',
    takesMembers: 'Accueille de nouveaux membres',
    full: 'N’accueille personne pour l’instant',
    by: (organiser: string) => `Organisée par ${organiser}`,
    askTitle: 'Rien près de chez vous ?',
    ask: 'Un toit au soleil et quelques voisins suffisent pour commencer. Racontez-nous votre idée.',
    askButton: 'Demander une opération',
    operation: 'Une opération',
    members: (count: number): string => (count === 1 ? 'membre' : 'membres'),
    kinds: { solar: 'soleil', wind: 'vent', hydro: 'eau', biomass: 'biomasse' },
    kindUnknown: 'non précisé',
    of: {
      solar: 'de panneaux, en plein soleil',
      wind: 'd’éoliennes',
      hydro: 'de centrale hydraulique',
      biomass: 'de biomasse',
    },
    ofUnknown: 'de centrales',
    mix: 'Ce qui produit',
    powerWithheld: 'non montrée',
    powerWithheldWhy:
      'Une puissance n’est pas montrée quand elle n’est pas connue, ou quand elle dirait celle d’un foyer.',
    join: 'Demander à rejoindre',
    isIn: 'Vous en faites partie.',
    notNow:
      'Cette opération n’accueille personne pour l’instant. Écrivez à l’organisateur pour savoir quand cela change.',
    notNowNoContact: 'Cette opération n’accueille personne pour l’instant.',
    inTheirWords: 'Présentation de l’organisateur',
    where: 'Où elle se trouve',
    circle: (radius: string) =>
      `Tous les compteurs connus sont dans ce cercle de ${radius} de rayon. Il est volontairement large : il ne montre la maison de personne.`,
    picture: (radius: string, cell: string) =>
      `Un cercle de ${radius} de rayon autour du centre de l’opération, sur un quadrillage de ${cell}. Le nord est en haut.`,
    you: (metres: string) => `Le lieu donné est à ${metres} du centre.`,
    youHere: 'vous',
    youAway: 'vous, hors de l’image',
    cell: (length: string) => `un carré : ${length}`,
    north: 'N',
    noCircle:
      'Le périmètre n’est pas montré : avec si peu de lieux connus, il montrerait des maisons.',
    openMap: 'Voir le centre sur OpenStreetMap (un autre site)',
    near: 'Suis-je assez près ?',
    nearHelp: 'Le lieu de votre compteur, copié d’une carte : « 43,6045, 1,4440 », ou son lien.',
    nearField: 'Où vous habitez',
    nearSend: 'Vérifier',
    nearForgotten:
      'Ce lieu va à cette plateforme seule, qui répond et l’oublie. Rien n’en est gardé.',
    how: 'Comment copier un lieu ?',
    howText: [
      'Dans l’application de cartes de votre téléphone, appuyez longuement sur votre maison : les deux nombres s’affichent, copiez-les. Sur un ordinateur, un clic droit sur la carte les donne. Le lien de la carte convient aussi.',
      'Pourquoi pas l’adresse ? La transformer en lieu demanderait un autre service, qui apprendrait où vous habitez. Cette page n’en interroge aucun.',
    ],
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
    others: 'Voir les autres opérations',
    contact: 'Qui l’organise',
  },
  {
    title: 'Local electricity, shared',
    lead: 'The sun on one roof serves neighbours, the shop, the town hall. These operations show themselves to the public.',
    howItWorks: 'How does it work?',
    howItWorksText: [
      'Panels, on a roof in the neighbourhood, make electricity.',
      'As the day goes, it is shared among the members who use some at the same time.',
      'For the rest, everyone keeps their supplier: nothing to change at the meter, and two bills instead of one.',
    ],
    find: 'Look for a town or a name',
    count: (count) => (count === 1 ? '1 operation' : `${count} operations`),
    noMatch: 'None has that name. Try that of a neighbouring town.',
    none: 'No operation shows itself to the public so far. You may ask for one: that is how they begin.',
    takesMembers: 'Welcomes new members',
    full: 'Takes nobody for now',
    by: (organiser) => `Organised by ${organiser}`,
    askTitle: 'Nothing near you?',
    ask: 'A roof in the sun and a few neighbours are enough to begin. Tell us your idea.',
    askButton: 'Ask for an operation',
    operation: 'An operation',
    members: (count) => (count === 1 ? 'member' : 'members'),
    kinds: { solar: 'sun', wind: 'wind', hydro: 'water', biomass: 'biomass' },
    kindUnknown: 'not told',
    of: {
      solar: 'of panels, in full sun',
      wind: 'of wind turbines',
      hydro: 'of hydropower',
      biomass: 'of biomass',
    },
    ofUnknown: 'of plants',
    mix: 'What it runs on',
    powerWithheld: 'not shown',
    powerWithheldWhy:
      'A power is not shown if it is not known, or if it would tell that of one household.',
    join: 'Ask to join',
    isIn: 'You are part of it.',
    notNow:
      'This operation takes nobody for now. Write to its organiser to hear when that changes.',
    notNowNoContact: 'This operation takes nobody for now.',
    inTheirWords: 'In the organiser’s words',
    where: 'Where it is',
    circle: (radius) =>
      `All meters that are known are in this circle of ${radius} around its centre. It is wide on purpose: it shows nobody’s home.`,
    picture: (radius, cell) =>
      `A circle of ${radius} around the centre of the operation, on a grid of ${cell}. North is up.`,
    you: (metres) => `The place you gave is ${metres} from the centre.`,
    youHere: 'you',
    youAway: 'you, outside of the picture',
    cell: (length) => `a square: ${length}`,
    north: 'N',
    noCircle: 'Where it is exactly is not shown: with so few known places, it would show homes.',
    openMap: 'See the centre on OpenStreetMap (another site)',
    near: 'Am I near enough?',
    nearHelp: 'The place of your meter, copied from a map: “43.6045, 1.4440”, or its link.',
    nearField: 'Where you live',
    nearSend: 'Check',
    nearForgotten:
      'The place goes to this platform alone, which answers and forgets it. Nothing is kept of it.',
    how: 'How do I copy a place?',
    howText: [
      'In the map app of your phone, press your home for a while: the two numbers show, copy them. On a computer, a right click on the map gives them. The link of the map will do as well.',
      'Why not the address? To turn it into a place would take another service, which would learn where you live. This page asks none.',
    ],
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
    others: 'See the other operations',
    contact: 'Who organises it',
  },
);
