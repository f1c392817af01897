import { both } from '../words/language';

/** What of a supplier's offer does not go with the rest. */
export const OFFER_FIELDS = both<Record<string, string>>(
  {
    subscribed_kva:
      'La formule d’acheminement ne va pas avec cette puissance. Au-dessus de 36 kVA, choisissez une formule BTSUP, sous « J’ai ma facture sous les yeux ».',
    off_peak_hours: 'Les heures creuses ne vont pas : elles manquent, ou couvrent tout le jour.',
    off_peak_percent: 'Dites quelle part de vos kWh est en heures creuses.',
  },
  {
    subscribed_kva:
      'The tariff formula does not go with this power. Above 36 kVA choose a BTSUP formula, under “I have my bill before me”.',
    off_peak_hours: 'The off-peak hours are not right: they are missing, or cover the whole day.',
    off_peak_percent: 'Tell which part of your kWh is in off-peak hours.',
  },
);
