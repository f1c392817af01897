import { both } from '../../words/language';

/** Codes of banks (ISO 20022) for what they refuse or send back. */
export const bankReasonWords = both<Partial<Record<string, string>>>(
  {
    AC01: 'numéro de compte faux',
    AC04: 'compte fermé',
    AC06: 'compte bloqué',
    AC13: 'compte qui ne peut pas être prélevé',
    AG01: 'prélèvement interdit sur ce compte',
    AM04: 'pas assez d’argent sur le compte',
    MD01: 'pas de mandat, dit la banque',
    MD02: 'mandat incomplet',
    MD06: 'contesté par le client',
    MD07: 'titulaire décédé',
    MS02: 'refusé par le client',
    MS03: 'motif non précisé',
    SL01: 'refusé par un réglage du client',
  },
  {
    AC01: 'wrong account number',
    AC04: 'account closed',
    AC06: 'account blocked',
    AC13: 'account that cannot be debited',
    AG01: 'direct debits forbidden on this account',
    AM04: 'not enough money on the account',
    MD01: 'no mandate, says the bank',
    MD02: 'mandate incomplete',
    MD06: 'contested by the customer',
    MD07: 'holder deceased',
    MS02: 'refused by the customer',
    MS03: 'no reason given',
    SL01: 'refused by a setting of the customer',
  },
);
