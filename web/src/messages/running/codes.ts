import type { BlockerCode } from '../../queries/runs';
import { de } from '../../words/elision';
import { both } from '../../words/language';

/** What a blocker or an anomaly is about, as far as it says so; empty: it does not. */
export interface About {
  point: string;
  member: string;
  days: string;
  month: string;
}

/** Things to look at in drafts, none of which blocks them. */
export type AnomalyCode =
  | 'zero'
  | 'negative'
  | 'unusual'
  | 'siren-missing'
  | 'account-missing'
  | 'convention-missing'
  | 'mandate-missing'
  | 'routing-missing'
  | 'not-delivered'
  | 'carried';

interface CodeWords {
  blockers: Record<BlockerCode, (about: About) => string>;
  anomalies: Record<AnomalyCode, (about: About) => string>;
}

/** What keeps a month from being invoiced, and what to do; what is unusual in its drafts. */
export const codeWords = both<CodeWords>(
  {
    blockers: {
      'settlement-missing': ({ month }) => `${month} n’est pas clos.`,
      'readings-incomplete': ({ point, days }) =>
        `Il manque des mesures ${de(point || 'plusieurs points')}, ${days}.`,
      'key-missing': ({ days }) => `La clé de partage ne dit rien de ces jours : ${days}.`,
      'allocation-failed': ({ days }) =>
        `Le calcul des parts a échoué, ${days} : l’équipe de la plateforme le regarde.`,
      'operation-unknown': () =>
        'La facturation ne connaît pas encore cette opération : réessayez dans une minute.',
      'participation-unknown': ({ point, days }) =>
        `Personne ne participe avec le point ${point}, ${days} : complétez les participations.`,
      'member-unknown': ({ member }) =>
        `Le nom et l’adresse d’un membre manquent (${member}) : complétez sa fiche.`,
      'price-missing': ({ days }) =>
        `Aucun prix n’est en vigueur, ${days} : complétez la liste de prix.`,
      'settlement-incomplete': () =>
        'La clôture n’est pas encore arrivée en entier : réessayez dans une minute.',
      'hours-unknown': ({ days }) =>
        `Les prix changent avec l’heure, et les heures ne sont pas connues, ${days} : il faut les courbes et, pour des prix par plage du gestionnaire de réseau, ses énergies par plage ou les heures creuses de chaque compteur. Sinon, la liste de prix peut prévoir pour ces jours le prix sans plage.`,
      'billed-twice': () =>
        'De l’énergie serait facturée deux fois : dites-le à l’équipe de la plateforme.',
      'energy-unbalanced': () => 'Les énergies ne tombent pas juste : refaites la clôture.',
      'identity-missing': ({ member }) =>
        `Il manque à ${member} ce qu’une facture doit dire de son vendeur : complétez son profil.`,
      'siren-missing': ({ member }) => `Le SIREN ${de(member)} manque ou n’est pas juste.`,
      'mandate-missing': ({ member }) =>
        `${member} fait faire ses factures, et n’a pas signé le mandat pour cela.`,
      'vat-regime-conflict': ({ member }) =>
        `Le régime de TVA ${de(member)} et le taux de ses prix ne vont pas ensemble.`,
      'accise-undecided': () =>
        'On ne sait pas si l’accise est due : choisissez son régime, ou notez la puissance de chaque centrale.',
      'accise-category-missing': ({ point }) =>
        `La catégorie d’accise ${de(point)} n’est pas connue : notez sa puissance souscrite.`,
      'accise-rate-missing': () => 'Le taux de l’accise n’est pas connu pour ce mois.',
    },
    anomalies: {
      zero: () => 'rien à payer',
      negative: () => 'de l’argent est rendu',
      unusual: () => 'très différent du mois d’avant',
      'siren-missing': ({ member }) => `${member} vend sans SIREN`,
      'account-missing': () => 'pas de compte sur lequel payer',
      'convention-missing': ({ member }) =>
        `${member} est un organisme public sans convention d’encaissement : rien n’est prélevé`,
      'mandate-missing': () => 'pas de mandat : à payer par virement',
      'routing-missing': () => 'Chorus Pro attend son SIRET',
      'not-delivered': () => 'pas remis : à renvoyer',
      carried: () => 'trop peu pour une facture : attend la facturation suivante',
    },
  },
  {
    blockers: {
      'settlement-missing': ({ month }) => `${month} is not closed.`,
      'readings-incomplete': ({ point, days }) =>
        `Readings of ${point || 'several points'} are missing, ${days}.`,
      'key-missing': ({ days }) => `The sharing key says nothing of these days: ${days}.`,
      'allocation-failed': ({ days }) =>
        `The computation of shares failed, ${days}: the platform’s staff look at it.`,
      'operation-unknown': () => 'Billing does not know this operation yet: try again in a minute.',
      'participation-unknown': ({ point, days }) =>
        `Nobody takes part with the point ${point}, ${days}: complete the participations.`,
      'member-unknown': ({ member }) =>
        `The name and address of a member are missing (${member}): complete their record.`,
      'price-missing': ({ days }) => `No price is in force, ${days}: complete the price list.`,
      'settlement-incomplete': () =>
        'The closing has not arrived whole yet: try again in a minute.',
      'hours-unknown': ({ days }) =>
        `Prices change with the hour, and the hours are not known, ${days}: it takes the curves and, for prices by the network operator’s classes, its energies by class or the off-peak hours of each meter. Otherwise the price list may give those days the price without class.`,
      'billed-twice': () => 'Energy would be invoiced twice: tell the platform’s staff.',
      'energy-unbalanced': () => 'The energies do not add up: close the month again.',
      'identity-missing': ({ member }) =>
        `${member} lacks what an invoice has to say of its seller: complete the profile.`,
      'siren-missing': ({ member }) => `The SIREN of ${member} is missing, or wrong.`,
      'mandate-missing': ({ member }) =>
        `${member} has its invoices made by somebody else, and has not signed the mandate for it.`,
      'vat-regime-conflict': ({ member }) =>
        `The VAT regime of ${member} and the rate of its prices do not go together.`,
      'accise-undecided': () =>
        'Nobody knows whether the accise is due: choose its regime, or record the power of each plant.',
      'accise-category-missing': ({ point }) =>
        `The accise category of ${point} is not known: record its subscribed power.`,
      'accise-rate-missing': () => 'The rate of the accise is not known for this month.',
    },
    anomalies: {
      zero: () => 'nothing to pay',
      negative: () => 'money is given back',
      unusual: () => 'very unlike the month before',
      'siren-missing': ({ member }) => `${member} sells without a SIREN`,
      'account-missing': () => 'no account to pay to',
      'convention-missing': ({ member }) =>
        `${member} is a public body without a convention on collecting: nothing is debited`,
      'mandate-missing': () => 'no mandate: to be paid by transfer',
      'routing-missing': () => 'Chorus Pro wants its SIRET',
      'not-delivered': () => 'not delivered: to be sent again',
      carried: () => 'too little for an invoice: waits for the next run',
    },
  },
);
