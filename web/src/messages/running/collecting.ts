import { both } from '../../words/language';

/** Of the page on which an organiser makes itself the collector of its sellers. */
export const collectingWords = both(
  {
    title: 'Encaisser pour les vendeurs',
    lead: (name: string) =>
      `${name} peut recevoir l’argent des clients à la place des vendeurs, sur son compte, puis le leur reverser. Chaque client n’a alors qu’un seul mandat à signer.`,
    who: 'Qui encaisse',
    whoHelp:
      'Ce nom et cette adresse seront sur les factures. Ils viennent de la fiche de la structure ; seule l’équipe de la plateforme les change.',
    name: 'Nom',
    address: 'Adresse',
    kind: 'La structure est',
    kinds: { company: 'une association ou une entreprise', public_body: 'une collectivité' },
    siren: 'SIREN',
    sirenHelp: 'Neuf chiffres, sur l’avis de situation de l’INSEE.',
    save: 'Enregistrer la structure',
    saved: 'C’est enregistré : son compte peut être dit.',
    account: 'Son compte bancaire',
    accountHelp:
      'C’est là que l’argent des clients arrive. Pour prélever, il faut aussi un ICS, que la banque demande.',
    sellers: 'Pour quels vendeurs',
    sellersHelp:
      'Dès que le compte est en service, la page de chaque vendeur propose cette structure sous « Qui encaisse pour lui ».',
    seller: (name: string) => `Voir le vendeur ${name}`,
    open: 'Encaisser à la place des vendeurs',
    openHelp: 'Votre structure peut recevoir l’argent des clients, et le reverser aux vendeurs.',
  },
  {
    title: 'Collect for the sellers',
    lead: (name) =>
      `${name} can receive the customers’ money in the sellers’ place, on its account, and then pay them out. Each customer then has only one mandate to sign.`,
    who: 'Who collects',
    whoHelp:
      'This name and address will be on the invoices. They come from the organisation’s record; only the platform’s staff change them.',
    name: 'Name',
    address: 'Address',
    kind: 'The organisation is',
    kinds: { company: 'an association or a company', public_body: 'a public body' },
    siren: 'SIREN',
    sirenHelp: 'Nine digits, on the INSEE’s statement of registration.',
    save: 'Save the organisation',
    saved: 'It is saved: its account can be recorded.',
    account: 'Its bank account',
    accountHelp:
      'This is where the customers’ money arrives. To collect by direct debit it also needs an ICS, which its bank asks for.',
    sellers: 'For which sellers',
    sellersHelp:
      'Once the account is in use, the page of each seller offers this organisation under “Who collects for it”.',
    seller: (name) => `See the seller ${name}`,
    open: 'Collect in the sellers’ place',
    openHelp: 'Your organisation can receive the customers’ money and pay the sellers out.',
  },
);
