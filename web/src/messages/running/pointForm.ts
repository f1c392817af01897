import { both } from '../../words/language';

/** Of the forms that record a point, wherever they are. */
export const pointFormWords = both(
  {
    prm: 'PRM du compteur',
    prmHelp: '14 chiffres : sur la facture d’électricité, ou sur l’écran du Linky',
    label: 'Nom du point',
    labelHelp: 'Comme on l’appelle entre vous : « École », « Toit du lavoir »',
    peakPower: 'Puissance installée (kWc)',
    peakPowerHelp: 'La puissance crête des panneaux',
    source: 'Source d’énergie',
    sources: { solar: 'soleil', wind: 'vent', hydro: 'eau', biomass: 'biomasse' },
    subscribed: 'Puissance souscrite (kVA)',
    subscribedHelp: 'Sur la facture d’électricité ; souvent 6 ou 9 pour un logement',
  },
  {
    prm: 'PRM of the meter',
    prmHelp: '14 digits: on the electricity bill, or the display of the Linky',
    label: 'Name of the point',
    labelHelp: 'As you call it among you: “School”, “Wash-house roof”',
    peakPower: 'Installed power (kWp)',
    peakPowerHelp: 'The peak power of the panels',
    source: 'Source of energy',
    sources: { solar: 'sun', wind: 'wind', hydro: 'water', biomass: 'biomass' },
    subscribed: 'Subscribed power (kVA)',
    subscribedHelp: 'On the electricity bill; often 6 or 9 for a home',
  },
);
