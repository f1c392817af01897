import { both } from '../../words/language';

/** Of the page about taxes on what is sold. */
export const taxesWords = both(
  {
    title: 'Taxes',
    lead: 'Deux taxes concernent l’électricité partagée : l’accise, sur laquelle l’opération peut décider, et la TVA, qui dépend de chaque vendeur.',
    accise: 'Accise sur l’électricité',
    acciseHelp:
      'Depuis mars 2025 elle est à zéro pour l’électricité renouvelable partagée de sites de moins de 1 MW (CIBS art. L312-79 et L312-87). L’administration demandait une preuve que beaucoup d’opérations n’ont pas ; selon la presse, le Conseil d’État a jugé le 30 mars 2026 que cette condition n’a pas de base légale. Tant que rien n’est décidé, elle est donc à zéro si chaque centrale est d’énergie renouvelable et a moins de 1 MW. Qui en doute choisit « pas encore décidée » : rien n’est alors émis.',
    now: (regime: string) => `Aujourd’hui : ${regime}.`,
    regimes: {
      exempt: 'exonérée, avec son fondement et sa preuve',
      standard: 'due : une ligne de taxe sur chaque facture',
      undecided: 'pas encore décidé',
    },
    byDefault: {
      exempt:
        'exonérée par défaut : rien n’a été décidé, et chaque centrale est d’énergie renouvelable et a moins de 1 MW',
      standard: 'due par défaut : rien n’a été décidé',
      undecided:
        'rien n’a été décidé, et une centrale a 1 MW ou plus, ou son énergie ou sa puissance n’est pas connue : aucune facture ne peut être émise',
    },
    decisions: 'Ce qui a été décidé',
    from: 'À partir du',
    regime: 'Régime',
    recorded: (day: string) => `enregistré le ${day}`,
    change: 'Décider à partir d’un jour',
    choice: 'L’accise est',
    choices: {
      exempt: 'Exonérée',
      standard: 'Due au tarif plein',
      undecided: 'Pas encore décidée',
    },
    validFrom: 'À partir du',
    validFromHelp: 'C’est le jour où l’électricité est fournie qui compte, même en cours de mois.',
    legalBasis: 'Fondement légal',
    legalBasisHelp: 'Le texte qui exonère ; il sera sur les factures.',
    usualBasis: 'art. L312-79 et L312-87 du CIBS',
    evidence: 'Preuve',
    evidenceHelp:
      'Le document qui le prouve, et où il est rangé : un rescrit, une note, un dossier.',
    categories: 'Catégories de points',
    categoriesHelp:
      'La puissance souscrite décide d’habitude : jusqu’à 36 kVA comme un ménage, puis jusqu’à 250 kVA comme une petite ou moyenne entreprise. Dites-la ici où elle ne décide pas, ou n’est pas connue.',
    category: {
      '': 'Selon sa puissance souscrite',
      household: 'Comme un ménage',
      sme: 'Petite ou moyenne entreprise',
      high_power: 'Haute puissance',
    },
    effect: {
      exempt: 'Les factures diront que l’accise n’est pas due, et pourquoi.',
      standard:
        'Chaque facture aura une ligne d’accise, au tarif du jour, sur les kWh entiers ; la TVA s’y ajoute. Le producteur la déclare lui-même.',
      undecided: 'Plus rien ne pourra être émis pour les jours à partir de là.',
    },
    kept: 'Les factures déjà émises ne changent pas.',
    checked: 'J’ai relu cette décision',
    save: 'Enregistrer la décision',
    saved: 'La décision est enregistrée.',
    vat: 'TVA',
    vatHelp:
      'Elle dépend du régime du vendeur le dernier jour du mois : 20 % en métropole depuis le 1er janvier 2014 (CGI art. 278), ou aucune sous la franchise en base (CGI art. 293 B). Les prix disent leur taux ; il doit être celui du vendeur.',
    seller: 'Vendeur',
    vatOf: {
      standard: '20 % (CGI art. 278)',
      franchise: 'Sans TVA (CGI art. 293 B)',
      none: 'Pas encore dit',
    },
    since: (day: string) => `depuis le ${day}`,
    noSeller: 'Personne ne vend encore : il faut d’abord une centrale dans l’opération.',
    others: 'Ce qui n’est pas facturé ici',
    othersHelp:
      'L’acheminement (TURPE) et la CTA se paient par le fournisseur de chacun, jamais au producteur : aucune facture de l’opération n’en a.',
  },
  {
    title: 'Taxes',
    lead: 'Two taxes concern shared electricity: the accise, on which the operation may decide, and VAT, which depends on each seller.',
    accise: 'Accise on electricity',
    acciseHelp:
      'Since March 2025 it is zero for shared renewable electricity of sites below 1 MW (CIBS art. L312-79 and L312-87). The tax office asked for a proof that many operations do not have; according to the press the Conseil d’État found on 30 March 2026 that this has no legal basis. So as long as nothing is decided, it is zero if each plant is of renewable energy and has less than 1 MW. Who doubts it chooses “not decided yet”: nothing is issued then.',
    now: (regime) => `Today: ${regime}.`,
    regimes: {
      exempt: 'exempt, with its basis and its proof',
      standard: 'due: a line of tax on each invoice',
      undecided: 'not decided yet',
    },
    byDefault: {
      exempt:
        'exempt by default: nothing was decided, and each plant is of renewable energy and has less than 1 MW',
      standard: 'due by default: nothing was decided',
      undecided:
        'nothing was decided, and a plant has 1 MW or more, or its energy or its power is not known: no invoice can be issued',
    },
    decisions: 'What was decided',
    from: 'From',
    regime: 'Regime',
    recorded: (day) => `recorded on ${day}`,
    change: 'Decide from a day on',
    choice: 'The accise is',
    choices: {
      exempt: 'Exempt',
      standard: 'Due at the full rate',
      undecided: 'Not decided yet',
    },
    validFrom: 'From',
    validFromHelp: 'The day counts on which the electricity is supplied, also within a month.',
    legalBasis: 'Legal basis',
    legalBasisHelp: 'The text that exempts; it will be on the invoices.',
    usualBasis: 'art. L312-79 et L312-87 du CIBS',
    evidence: 'Proof',
    evidenceHelp: 'The document that proves it, and where it is kept: a ruling, a note, a file.',
    categories: 'Categories of points',
    categoriesHelp:
      'As a rule the subscribed power decides: up to 36 kVA as a household, then up to 250 kVA as a small or medium company. Say it here where it does not decide, or is not known.',
    category: {
      '': 'By its subscribed power',
      household: 'As a household',
      sme: 'Small or medium company',
      high_power: 'High power',
    },
    effect: {
      exempt: 'Invoices will say that the accise is not due, and why.',
      standard:
        'Each invoice will have a line of accise, at the rate of the day, on whole kWh; VAT comes on top. The producer declares it.',
      undecided: 'Nothing can be issued any more for the days from then on.',
    },
    kept: 'Invoices that are issued do not change.',
    checked: 'I have read this decision',
    save: 'Save the decision',
    saved: 'The decision is saved.',
    vat: 'VAT',
    vatHelp:
      'It depends on the regime of the seller on the last day of the month: 20% in metropolitan France since 1 January 2014 (CGI art. 278), or none under the franchise en base (CGI art. 293 B). Prices state their rate; it has to be that of the seller.',
    seller: 'Seller',
    vatOf: {
      standard: '20% (CGI art. 278)',
      franchise: 'Without VAT (CGI art. 293 B)',
      none: 'Not said yet',
    },
    since: (day) => `since ${day}`,
    noSeller: 'Nobody sells yet: the operation needs a plant first.',
    others: 'What is not invoiced here',
    othersHelp:
      'The use of networks (TURPE) and the CTA are paid through each one’s supplier, never to the producer: no invoice of the operation has them.',
  },
);
