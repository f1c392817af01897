import { both } from '../words/language';

export const carbonWords = both(
  {
    avoided: (range: string) => `≈ ${range} de CO₂e évités, par rapport au réseau`,
    more: (range: string) => `≈ ${range} de CO₂e de plus qu’avec le réseau`,
    hardly: (more: string, less: string) =>
      `CO₂ : à peine une différence avec le réseau, entre ${more} de plus et ${less} de moins`,
    range: (low: string, high: string) => `${low} à ${high}`,
    howMade: 'Comment ce chiffre est fait',
    compared: (local: string, plants: string, grid: string) =>
      `Vos ${local} locaux sont comparés à autant d’électricité du réseau. Par kWh, le réseau émet ${grid} de CO₂e en moyenne, les centrales de l’opération ${plants}.`,
    lifeCycle:
      'Ces grammes de CO₂e comptent tous les gaz à effet de serre, sur tout le cycle de vie : fabriquer les centrales, les faire fonctionner, les démonter. Pour des panneaux, ils dépendent du pays de fabrication, que nous ne connaissons pas : d’où une fourchette.',
    alreadyLow:
      'L’électricité du réseau français émet déjà peu : l’écart reste petit. Elle change d’une année à l’autre ; si elle émet moins aujourd’hui que dans la source, vous évitez moins.',
    averages:
      'Deux moyennes sont comparées. Ce que votre consommation change dans les autres centrales n’est pas connu.',
    unverified: 'Personne ici n’a encore vérifié ces valeurs à la source.',
    verified: (by: string) => `Vérifié à la source : ${by}.`,
    sources: 'Sources :',
    unknown: 'CO₂ : pas connu pour ce mois',
    whyNotKnown: 'Pourquoi ce n’est pas connu',
    whyUnknown: {
      plant_kind_unknown:
        'Personne n’a encore dit si une des centrales produit avec du soleil, du vent, de l’eau ou de la biomasse. L’organisateur peut l’indiquer.',
      plant_without_factor:
        'Pour une des centrales de ce mois, nous n’avons pas de valeur, comme pour le vent, l’eau ou la biomasse. Nous préférons ne rien dire que deviner.',
      grid_without_factor:
        'Nous n’avons pas de valeur du réseau pour ce mois. Nous préférons ne rien dire que deviner.',
    },
  },
  {
    avoided: (range) => `≈ ${range} of CO₂e avoided, compared with the grid`,
    more: (range) => `≈ ${range} of CO₂e more than with the grid`,
    hardly: (more, less) =>
      `CO₂: hardly a difference from the grid, between ${more} more and ${less} less`,
    range: (low, high) => `${low} to ${high}`,
    howMade: 'How this figure is made',
    compared: (local, plants, grid) =>
      `Your ${local} of local energy are compared with as much from the grid. For each kWh the grid emits ${grid} of CO₂e on average, the plants of the operation ${plants}.`,
    lifeCycle:
      'These grams of CO₂e count all greenhouse gases, over the whole life cycle: making the plants, running them, taking them down. Those of panels depend on the country where they were made, which we do not know: hence a range.',
    alreadyLow:
      'Electricity from the French grid emits little already: the difference stays small. It changes from year to year; if it emits less today than in the source, you avoid less.',
    averages:
      'Two averages are compared. What your consumption changes at other plants is not known.',
    unverified: 'Nobody here has verified these values at their source yet.',
    verified: (by) => `Verified at the source: ${by}.`,
    sources: 'Sources:',
    unknown: 'CO₂: not known for this month',
    whyNotKnown: 'Why this is not known',
    whyUnknown: {
      plant_kind_unknown:
        'Nobody has said yet whether one of the plants runs on sun, wind, water or biomass. The organiser can tell.',
      plant_without_factor:
        'For one of the plants of this month we have no value, as for wind, water or biomass. We would rather say nothing than guess.',
      grid_without_factor:
        'We have no value of the grid for this month. We would rather say nothing than guess.',
    },
  },
);

export type CarbonWords = (typeof carbonWords)['fr'];
