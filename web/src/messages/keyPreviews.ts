import { both } from '../words/language';

export const keyPreviewWords = both(
  {
    title: 'Ce que cela aurait changé pour vous',
    more: (difference: string) => `${difference} d’électricité locale en plus`,
    less: (difference: string) => `${difference} d’électricité locale en moins`,
    same: 'Autant d’électricité locale',
    over: (months: number, today: string, draft: string) =>
      `Sur ${months === 1 ? 'votre dernier mois' : `vos ${months} derniers mois`} : ${today} avec les clés d’alors, ${draft} avec celle-ci.`,
    byMonth: 'Mois par mois',
    caption: 'Électricité locale de chaque mois, par l’une et l’autre clé',
    month: 'Mois',
    today: 'Clé d’alors',
    draft: 'Celle-ci',
    total: 'Total',
    computing: 'Le calcul est en cours : les mois arrivent ici un par un.',
    failed: 'Le calcul n’a pas abouti pour tous les mois.',
    none: 'Cette clé ne dit rien des mois passés : on ne peut pas la comparer.',
    why: 'Vos vraies mesures de ces mois, partagées une seconde fois avec cette clé. Tout le reste est comme c’était : la production, et la consommation de chacun. L’avenir peut être autre.',
    group: (today: string, draft: string) =>
      `Tous ensemble : ${today} avec les clés d’alors, ${draft} avec celle-ci.`,
    fairer:
      'L’écart entre ceux qui reçoivent beaucoup et ceux qui reçoivent peu serait plus petit.',
    lessFair:
      'L’écart entre ceux qui reçoivent beaucoup et ceux qui reçoivent peu serait plus grand.',
    withheld: (needs: number) =>
      `Le total du groupe n’est pas montré : il faut au moins ${needs} autres compteurs, pour que personne ne soit reconnu.`,
    lessToPay: (range: string) => `≈ ${range} de moins à payer`,
    moreToPay: (range: string) => `≈ ${range} de plus à payer`,
    moreOrLess: (more: string, less: string) =>
      `entre ≈ ${more} de plus et ≈ ${less} de moins à payer`,
    range: (least: string, most: string) => `${least} à ${most}`,
    noEuros: 'presque rien de changé sur vos factures',
    atPrices: 'sur tous ces mois, aux prix d’aujourd’hui : une estimation.',
    howEuros: 'D’où vient cette estimation ?',
    whyEuros:
      'Un kWh local remplace un kWh de votre fournisseur. Vous le payez à la centrale, et votre fournisseur facture toujours son passage par le réseau. Ce qui reste, multiplié par la différence de kWh, est l’estimation. L’abonnement ne change pas.',
    whyRange:
      'Les prix dépendent de l’heure ou de la centrale, et on ne sait pas quand ces kWh viendraient : voici le cas le moins et le plus avantageux.',
    madeUp: (supplier: string, networks: string, local: string, saving: string) =>
      `Un kWh, TVA comprise : ${supplier} chez le fournisseur, moins ${networks} de réseau, moins ${local} à la centrale = ${saving}.`,
    assumed: (name: string) =>
      `Vous n’avez pas dit ce que vous payez à votre fournisseur : le calcul suppose ${name}.`,
    acciseUnknown:
      'L’opération n’a pas encore décidé si l’accise est due sur l’électricité locale : elle n’est pas comptée.',
    toOffer: 'Ce que je paie à mon fournisseur',
    noEurosBecause: 'Pas d’estimation en euros :',
    noPrice: {
      'offer-missing': 'il manque ce que votre fournisseur vous facture.',
      'price-missing': 'l’opération n’a pas de prix aujourd’hui pour toutes ses centrales.',
      'seller-missing': 'personne d’autre que vous ne vend dans l’opération aujourd’hui.',
      'rate-missing': 'un taux public d’aujourd’hui n’est pas encore connu de la plateforme.',
      'point-not-held': 'ce compteur ne participe pas aujourd’hui.',
    } as Record<string, string>,
    otherNoPrice: 'les prix d’aujourd’hui ne sont pas tous connus.',
  },
  {
    title: 'What it would have changed for you',
    more: (difference) => `${difference} more of local electricity`,
    less: (difference) => `${difference} less of local electricity`,
    same: 'As much local electricity',
    over: (months, today, draft) =>
      `Over your last ${months === 1 ? 'month' : `${months} months`}: ${today} with the keys of that time, ${draft} with this one.`,
    byMonth: 'Month by month',
    caption: 'Local electricity of each month, with either key',
    month: 'Month',
    today: 'Key of that time',
    draft: 'This one',
    total: 'Total',
    computing: 'It is being computed: months come here one by one.',
    failed: 'It could not be computed for all months.',
    none: 'This key says nothing of past months: it cannot be compared.',
    why: 'Your true readings of these months, shared out a second time with this key. All else is as it was: production, and what everybody used. The future may be different.',
    group: (today, draft) =>
      `All together: ${today} with the keys of that time, ${draft} with this one.`,
    fairer: 'The gap between those who get much and those who get little would be smaller.',
    lessFair: 'The gap between those who get much and those who get little would be wider.',
    withheld: (needs) =>
      `The group’s total is not shown: it takes at least ${needs} other meters, so that nobody is recognised.`,
    lessToPay: (range) => `≈ ${range} less to pay`,
    moreToPay: (range) => `≈ ${range} more to pay`,
    moreOrLess: (more, less) => `between ≈ ${more} more and ≈ ${less} less to pay`,
    range: (least, most) => `${least} to ${most}`,
    noEuros: 'next to nothing changes on your bills',
    atPrices: 'over all these months, at the prices of today: an estimate.',
    howEuros: 'Where does this estimate come from?',
    whyEuros:
      'A local kWh takes the place of one of your supplier. You pay it to the plant, and your supplier still bills its way through the grid. What is left, times the difference in kWh, is the estimate. The subscription stays as it is.',
    whyRange:
      'Prices depend on the hour or the plant, and nobody knows when these kWh would come: here are the least and the most favourable case.',
    madeUp: (supplier, networks, local, saving) =>
      `One kWh, VAT included: ${supplier} from the supplier, less ${networks} for the grid, less ${local} to the plant = ${saving}.`,
    assumed: (name) => `You have not told what you pay your supplier: this assumes ${name}.`,
    acciseUnknown:
      'The operation has not decided yet whether excise duty is due on local electricity: none is counted.',
    toOffer: 'What I pay my supplier',
    noEurosBecause: 'No estimate in euros:',
    noPrice: {
      'offer-missing': 'what your supplier bills you is missing.',
      'price-missing': 'the operation has no price today for all of its plants.',
      'seller-missing': 'nobody but you sells in the operation today.',
      'rate-missing': 'a public rate of today is not known to the platform yet.',
      'point-not-held': 'this meter takes no part today.',
    },
    otherNoPrice: 'not all prices of today are known.',
  },
);
