import type { components as Community } from '../../api/schema/community';
import type { AcciseRegime } from '../../queries/accise';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

type Basis = Community['schemas']['Basis'];
type Zone = Community['schemas']['Zone'];

interface SetUpFormWords {
  save: string;
  saved: string;
  fromDay: string;

  basisTitle: string;
  basis: string;
  bases: Record<Basis, string>;
  zone: string;
  zones: Record<Zone, string>;
  decision: string;
  decisionHelp: string;
  communes: string;
  communesHelp: string;

  add: string;
  enrol: string;
  added: (name: string) => string;
  side: string;
  sides: { consumption: string; production: string };
  who: string;
  newMember: string;
  kind: string;
  name: string;
  address: string;
  addressHelp: string;
  email: string;
  emailHelp: string;
  siren: string;
  sirenHelp: string;
  vatNumber: string;
  vatNumberHelp: string;
  from: string;
  fromHelp: string;
  list: string;
  member: string;
  point: string;
  does: string;
  since: string;

  keyTitle: string;
  keyIs: string;
  keyOther: string;
  keyFrom: string;
  declaredOn: string;
  declaredOnHelp: string;
  keySure: string;
  putInForce: string;
  keyInForce: (day: string) => string;
  keyBegun: string;

  priceTitle: string;
  price: string;
  priceHelp: string;
  vat: string;
  priceInForce: (price: string) => string;
  pricesMore: (count: number) => string;
  whyPriceTitle: string;
  whyPrice: string;
  priceInWords: (net: string, gross: string) => string;

  isReady: string;
  waitsForSellers: string;
  accountTitle: string;
  accountHelp: string;

  acciseTitle: string;
  acciseIs: Record<AcciseRegime, string>;
  acciseByDefault: Record<AcciseRegime, string>;

  readingsHow: string;
  readingsFeed: string;
  readingsHere: (month: string) => string;
  toFiles: string;

  monthToCome: (month: string, day: string) => string;
  toClose: (month: string) => string;
  invoiced: (month: string) => string;
}

/** Of the forms of the path: the few fields that a first invoice needs. */
export const setUpFormWords = both<SetUpFormWords>(
  {
    save: 'Enregistrer',
    saved: 'C’est enregistré.',
    fromDay: 'Valable à partir du',

    basisTitle: 'Ce que dit la convention',
    basis: 'L’opération partage',
    bases: {
      building: 'dans un seul bâtiment',
      extended: 'à moins de 2 km (opération étendue)',
      derogation_10_km: 'à moins de 10 km, par dérogation',
      derogation_20_km: 'à moins de 20 km, par dérogation (communes rurales)',
      public_bodies: 'entre organismes publics d’une intercommunalité',
    },
    zone: 'Le réseau est',
    zones: {
      mainland: 'celui du continent',
      non_interconnected: 'celui d’une île ou d’un outre-mer',
    },
    decision: 'Décision de dérogation',
    decisionHelp: 'Sa référence et sa date, comme le ministre l’a écrite',
    communes: 'Communes qu’elle nomme',
    communesHelp: 'Leurs codes INSEE, séparés par des espaces : 99110 99112',

    add: 'Ajouter un participant',
    enrol: 'Inscrire',
    added: (name) => `${name} est inscrit. Vous pouvez en ajouter un autre.`,
    side: 'Ce point',
    sides: { consumption: 'consomme', production: 'produit' },
    who: 'Membre',
    newMember: 'un nouveau membre',
    kind: 'C’est',
    name: 'Nom',
    address: 'Adresse',
    addressHelp: 'Sur plusieurs lignes, comme sur une enveloppe : elle figure sur les factures',
    email: 'Adresse e-mail',
    emailHelp: 'Pour lui envoyer ses factures et son invitation',
    siren: 'SIREN',
    sirenHelp: '9 chiffres ; il en faut un à qui vend',
    vatNumber: 'Numéro de TVA',
    vatNumberHelp: 'FR et 11 chiffres ; aucun en franchise de TVA',
    from: 'Participe à partir du',
    fromHelp:
      'Le jour que dit la convention. Un jour déjà passé, pour un nouveau membre, c’est à l’équipe de la plateforme de l’inscrire.',
    list: 'Les participants',
    member: 'Membre',
    point: 'Point',
    does: 'Fait quoi',
    since: 'Depuis',

    keyTitle: 'La clé par défaut',
    keyIs:
      'La clé par défaut donne à chacun, à chaque demi-heure, la même part de ce qu’il consomme. C’est celle que le gestionnaire de réseau applique de lui-même, et elle convient à la plupart.',
    keyOther: 'Une autre clé se prépare, se compare et se met au vote à la page des clés.',
    keyFrom: 'En vigueur à partir du',
    declaredOn: 'Annoncée au gestionnaire de réseau le',
    declaredOnHelp:
      'Souvent le jour où la convention a été envoyée ; d’ordinaire au moins 15 jours avant. Ce jour ne se corrige pas ensuite.',
    keySure: 'Le gestionnaire de réseau a bien été informé ce jour-là',
    putInForce: 'Mettre la clé en vigueur',
    keyInForce: (day) => `Une clé est en vigueur à partir du ${day}.`,
    keyBegun: 'Cette clé est commencée : le bouton fait ce qui reste.',

    priceTitle: 'Un prix pour tous',
    price: 'Prix du kWh hors taxes (€)',
    priceHelp: 'Le même pour tous et à toute heure, par exemple 0,1250',
    vat: 'TVA',
    priceInForce: (price) => `Le kWh coûte ${price} hors taxes, pour tous et à toute heure.`,
    pricesMore: (count) =>
      `${counted.fr(count, 'prix est enregistré', 'prix sont enregistrés')} ; la page des prix les montre et les change.`,
    whyPriceTitle: 'Que comprend ce prix ?',
    whyPrice:
      'L’énergie partagée, hors TVA. L’acheminement et ses taxes restent sur la facture du fournisseur de chacun. Une facture émise ne change plus ; un nouveau prix vaut pour ce qui suit.',
    priceInWords: (net, gross) => `100 kWh coûteront ${net} hors taxes, ${gross} avec la TVA.`,

    isReady: 'Il peut émettre des factures.',
    waitsForSellers: 'La facturation apprend qui vend : un instant.',
    accountTitle: 'Compte bancaire (facultatif)',
    accountHelp:
      'Où ses clients le paient : l’IBAN est imprimé sur les factures. Sans lui, la première facture part quand même, et le moyen de paiement dit comment la régler. Un compte que vous enregistrez sert une fois qu’une autre personne l’a confirmé, ou après 72 heures. L’ICS n’est utile que pour prélever.',

    acciseTitle: 'L’accise sur l’électricité',
    acciseIs: {
      exempt: 'L’énergie partagée est à taux nul.',
      standard: 'L’énergie partagée supporte l’accise.',
      undecided: 'Rien n’est décidé : les factures restent des brouillons.',
    },
    acciseByDefault: {
      exempt:
        'Par défaut, l’énergie partagée est à taux nul : chaque centrale est d’énergie renouvelable et a moins de 1 MW. Confirmez-le, ou décidez autrement.',
      standard: 'Par défaut, l’énergie partagée supporte l’accise.',
      undecided:
        'Il n’y a pas de défaut : une centrale a 1 MW ou plus, ou son énergie ou sa puissance n’est pas connue. Sans décision, les factures restent des brouillons.',
    },

    readingsHow:
      'Sur le portail du gestionnaire de réseau, demandez les courbes de charge des points de l’opération, puis déposez ici les fichiers comme ils sont, zippés ou non.',
    readingsFeed:
      'Ils peuvent aussi venir d’eux-mêmes, chaque jour : l’équipe de la plateforme met en place cette relève.',
    readingsHere: (month) => `Des mesures sont venues, les premières pour ${month}.`,
    toFiles: 'Voir les fichiers envoyés',

    monthToCome: (month, day) =>
      `Le premier mois est ${month} ; il se clôt à partir du ${day}, une fois ses mesures venues.`,
    toClose: (month) => `Clore ${month}`,
    invoiced: (month) => `${month} est facturé.`,
  },
  {
    save: 'Save',
    saved: 'It is saved.',
    fromDay: 'Valid from',

    basisTitle: 'What the convention says',
    basis: 'The operation shares',
    bases: {
      building: 'within one building',
      extended: 'within 2 km (extended operation)',
      derogation_10_km: 'within 10 km, by derogation',
      derogation_20_km: 'within 20 km, by derogation (rural communes)',
      public_bodies: 'among public bodies of an intercommunal body',
    },
    zone: 'The grid is',
    zones: {
      mainland: 'that of the continent',
      non_interconnected: 'that of an island or overseas',
    },
    decision: 'Decision of derogation',
    decisionHelp: 'Its reference and date, as the minister wrote it',
    communes: 'Communes that it names',
    communesHelp: 'Their INSEE codes, with spaces between: 99110 99112',

    add: 'Add a participant',
    enrol: 'Enrol',
    added: (name) => `${name} is enrolled. You can add another one.`,
    side: 'This point',
    sides: { consumption: 'consumes', production: 'produces' },
    who: 'Member',
    newMember: 'a new member',
    kind: 'It is a',
    name: 'Name',
    address: 'Address',
    addressHelp: 'In several lines, as on an envelope: it is on the invoices',
    email: 'E-mail address',
    emailHelp: 'To send invoices and an invitation to',
    siren: 'SIREN',
    sirenHelp: '9 digits; who sells needs one',
    vatNumber: 'VAT number',
    vatNumberHelp: 'FR and 11 digits; none under the franchise',
    from: 'Takes part from',
    fromHelp:
      'The day that the convention says. A day that is over, for a new member, is for the platform’s staff to record.',
    list: 'The participants',
    member: 'Member',
    point: 'Point',
    does: 'Does what',
    since: 'Since',

    keyTitle: 'The default key',
    keyIs:
      'The default key gives everybody, each half-hour, the same part of what they consume. It is the one that the grid operator applies by itself, and is right for most.',
    keyOther: 'Another key is drafted, compared and voted on at the page of keys.',
    keyFrom: 'In force from',
    declaredOn: 'Announced to the grid operator on',
    declaredOnHelp:
      'Often the day on which the convention was sent; at least 15 days before as a rule. This day cannot be corrected later.',
    keySure: 'The grid operator was indeed told on that day',
    putInForce: 'Put the key in force',
    keyInForce: (day) => `A key is in force from ${day}.`,
    keyBegun: 'This key was begun: the button does what is left.',

    priceTitle: 'One price for all',
    price: 'Price of a kWh before taxes (€)',
    priceHelp: 'The same for all and at any hour, for example 0.1250',
    vat: 'VAT',
    priceInForce: (price) => `A kWh costs ${price} before taxes, for all and at any hour.`,
    pricesMore: (count) =>
      `${counted.en(count, 'price is recorded', 'prices are recorded')}; the page of prices shows and changes them.`,
    whyPriceTitle: 'What does this price cover?',
    whyPrice:
      'The shared energy, before VAT. Its transport and the taxes on that stay on the bill of each one’s supplier. An issued invoice never changes; a new price is for what follows.',
    priceInWords: (net, gross) => `100 kWh will cost ${net} before taxes, ${gross} with VAT.`,

    isReady: 'It can issue invoices.',
    waitsForSellers: 'Billing is hearing who sells: a moment.',
    accountTitle: 'Bank account (optional)',
    accountHelp:
      'Where its customers pay it: the IBAN is printed on the invoices. Without it the first invoice goes out all the same, and the means of payment says how to settle it. An account that you record is used once another person has confirmed it, or after 72 hours. The ICS is for direct debits only.',

    acciseTitle: 'The tax on electricity',
    acciseIs: {
      exempt: 'Shared energy is at a rate of zero.',
      standard: 'Shared energy bears the tax.',
      undecided: 'Nothing is decided: invoices stay drafts.',
    },
    acciseByDefault: {
      exempt:
        'By default shared energy is at a rate of zero: each plant is of renewable energy and has less than 1 MW. Confirm it, or decide otherwise.',
      standard: 'By default shared energy bears the tax.',
      undecided:
        'There is no default: a plant has 1 MW or more, or its energy or its power is not known. Without a decision invoices stay drafts.',
    },

    readingsHow:
      'On the grid operator’s portal, ask for the load curves of the operation’s points, then drop the files here as they are, zipped or not.',
    readingsFeed:
      'They can also come by themselves, every day: the platform’s staff set up that pull.',
    readingsHere: (month) => `Readings have come, the first ones for ${month}.`,
    toFiles: 'See the files that were sent',

    monthToCome: (month, day) =>
      `The first month is ${month}; it can be closed from ${day} on, once its readings have come.`,
    toClose: (month) => `Close ${month}`,
    invoiced: (month) => `${month} is invoiced.`,
  },
);
