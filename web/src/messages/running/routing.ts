import { both } from '../../words/language';

/** Of where a customer that is no household receives invoices. */
export const routingWords = both(
  {
    title: 'Factures électroniques',
    lead: {
      public_body:
        'Chorus Pro trie les factures d’un organisme public par ces numéros : demandez-les-lui avant la première facture. Sans SIRET, elles sont rejetées.',
      company:
        'Une entreprise peut vouloir ces numéros sur ses factures. Elle n’y est pas obligée.',
    },
    siret: 'SIRET de l’établissement',
    siretHelp: '14 chiffres, qui commencent par son SIREN',
    service: 'Code service',
    commitment: 'Numéro d’engagement',
    unknown: 'pas encore dit',
    edit: 'Changer ces numéros',
    kept: 'Vaut pour les factures émises à partir de maintenant ; les brouillons de ce client sont à refaire.',
    save: 'Enregistrer',
    saved: 'C’est enregistré.',
  },
  {
    title: 'E-invoices',
    lead: {
      public_body:
        'Chorus Pro sorts the invoices of a public body by these numbers: ask for them before the first invoice. Without a SIRET they are rejected.',
      company: 'A company may want these numbers on its invoices. It does not have to.',
    },
    siret: 'SIRET of the establishment',
    siretHelp: '14 digits, which begin with its SIREN',
    service: 'Service code',
    commitment: 'Commitment number',
    unknown: 'not said yet',
    edit: 'Change these numbers',
    kept: 'Holds for invoices issued from now on; drafts of this customer are to be made again.',
    save: 'Save',
    saved: 'It is saved.',
  },
);
