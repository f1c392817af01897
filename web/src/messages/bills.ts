import { both } from '../words/language';

export const billsWords = both(
  {
    title: (month: string) => `Avec ou sans l’opération · ${month}`,
    saved: 'de moins que sans l’opération',
    notSaved: 'de plus que sans l’opération',
    same: 'autant que sans l’opération',
    assumed: (name: string) =>
      `Environ, par rapport à : ${name}. Dites ce que vous payez à votre fournisseur, et ce sera votre chiffre.`,
    own: 'Par rapport à l’offre que vous avez donnée pour ce compteur.',
    picture: 'Vos factures, avec et sans l’opération',
    without: 'Sans l’opération',
    with: 'Avec l’opération',
    supplier: 'fournisseur',
    local: 'local',
    sentence: (without: string, supplier: string, local: string) =>
      `Sans l’opération, votre fournisseur facturerait ${without}. Avec elle, il facture ${supplier}, et l’opération ${local}.`,
    ofAll: (shared: string, all: string) => `${shared} locaux, sur ${all} consommés.`,
    why: 'Les deux côtés partent de ce que votre compteur a mesuré ce mois-là, avec abonnement, réseau et taxes. Sans l’opération, tout est au prix de votre fournisseur. Avec elle, ce qui était local est au prix de l’opération, et le reste à celui du fournisseur.',
    lines: 'Le calcul, ligne par ligne',
    item: 'Ligne',
    kinds: {
      subscription: 'Abonnement du fournisseur',
      energy: 'Électricité du fournisseur',
      turpe_fixed: 'Réseau, part fixe',
      turpe_energy: 'Réseau, part variable',
      cta: 'Contribution d’acheminement (CTA)',
      accise: 'Accise',
      turpe_local: 'Réseau pour l’électricité locale',
    } as Record<string, string>,
    localBill: 'Facture locale, hors taxes',
    vat: 'TVA',
    total: 'Total, TVA comprise',
    remarks: 'Ce qu’il faut savoir de ce calcul',
    collective: 'Et le tarif réseau d’autoconsommation collective ?',
    worthIt: (gain: string) =>
      `Il vous coûterait ${gain} de moins ce mois-ci, hors taxes. Il se demande au fournisseur, et n’est ouvert que si tous les compteurs de l’opération sont derrière le même poste de transformation.`,
    notWorthIt: (loss: string) =>
      `Il vous coûterait ${loss} de plus ce mois-ci, hors taxes : gardez le vôtre.`,
    invoice: (number: string) => `dans la facture ${number}`,
    missing: 'Ce mois ne peut pas encore être comparé',
    reasons: {
      'offer-missing':
        'Il manque ce que votre fournisseur vous facture. Dites-le une fois : chaque mois sera comparé.',
      'rate-missing': 'Un taux public de ce mois n’est pas encore connu de la plateforme.',
      'hours-unknown':
        'Les demi-heures de ce mois ne sont pas connues, et votre offre dépend de l’heure.',
      'point-handed-over':
        'Ce compteur a changé de titulaire ce mois-là : ce que chacun a consommé n’est pas séparé.',
      'point-not-held': 'Ce compteur n’était pas à vous ce mois-là.',
      'consumption-unknown': 'Ce que ce compteur a consommé ce mois-là n’est pas connu.',
      'settlement-missing':
        'Ce mois n’est pas encore clôturé. Il l’est en général au début du mois suivant.',
      'price-missing': 'L’opération n’a pas fixé de prix pour ce mois.',
    } as Record<string, string>,
    otherReason: 'L’opération doit encore terminer ce mois.',
  },
  {
    title: (month) => `With or without the operation · ${month}`,
    saved: 'less than without the operation',
    notSaved: 'more than without the operation',
    same: 'as much as without the operation',
    assumed: (name) =>
      `About, compared with: ${name}. Tell what you pay your supplier, and it will be your own figure.`,
    own: 'Compared with the offer that you gave for this meter.',
    picture: 'Your bills, with and without the operation',
    without: 'Without the operation',
    with: 'With the operation',
    supplier: 'supplier',
    local: 'local',
    sentence: (without, supplier, local) =>
      `Without the operation your supplier would bill ${without}. With it, the supplier bills ${supplier}, and the operation ${local}.`,
    ofAll: (shared, all) => `${shared} local, of ${all} used.`,
    why: 'Both sides begin with what your meter measured that month, with subscription, networks and taxes. Without the operation, all of it is at your supplier’s price. With it, what was local is at the operation’s price, and the rest at the supplier’s.',
    lines: 'The calculation, line by line',
    item: 'Line',
    kinds: {
      subscription: 'Subscription of the supplier',
      energy: 'Electricity of the supplier',
      turpe_fixed: 'Networks, fixed part',
      turpe_energy: 'Networks, variable part',
      cta: 'Contribution on networks (CTA)',
      accise: 'Excise duty',
      turpe_local: 'Networks for local electricity',
    },
    localBill: 'Local bill, before VAT',
    vat: 'VAT',
    total: 'Total, VAT included',
    remarks: 'What to know about this calculation',
    collective: 'And the collective tariff of networks?',
    worthIt: (gain) =>
      `It would cost you ${gain} less this month, before taxes. It is asked for through the supplier, and only open if all meters of the operation are behind one transformer.`,
    notWorthIt: (loss) =>
      `It would cost you ${loss} more this month, before taxes: keep the one you have.`,
    invoice: (number) => `in invoice ${number}`,
    missing: 'This month cannot be compared yet',
    reasons: {
      'offer-missing':
        'What your supplier bills you is missing. Tell it once: each month will be compared.',
      'rate-missing': 'A public rate of this month is not known to the platform yet.',
      'hours-unknown':
        'The half-hours of this month are not known, and your offer depends on the hour.',
      'point-handed-over':
        'This meter changed hands that month: what each one used is not told apart.',
      'point-not-held': 'This meter was not yours that month.',
      'consumption-unknown': 'What this meter used that month is not known.',
      'settlement-missing':
        'This month is not closed yet. It is early in the month after, as a rule.',
      'price-missing': 'The operation has set no price for this month.',
    },
    otherReason: 'The operation still has to finish this month.',
  },
);
