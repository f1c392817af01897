import { both } from '../../words/language';
import type { BySlug } from './bySlug';

/** Of who sells: how one is paid, books, files about invoices. */
export const sellingRefusals = both<BySlug>(
  {
    'another-person-needed':
      'C’est vous qui avez demandé ce changement de compte : une autre personne doit le confirmer. Sans cela, il servira après 72 heures.',
    'collects-for-itself':
      'Ce changement ferait encaisser deux membres l’un pour l’autre : écrivez à votre coopérative.',
    'convention-missing':
      'Une collectivité ne laisse encaisser pour elle que par une convention signée. Dites-en la date et où elle est rangée.',
    'creditor-change-unknown':
      'Ce changement de compte n’attend plus : il est déjà fait, il a été refusé, ou un autre l’a remplacé.',
    'creditor-missing':
      'Votre compte bancaire de vendeur n’est pas encore enregistré. Demandez-le à votre organisateur.',
    'customer-unknown': 'Nous ne trouvons pas ce client. Revenez à la liste.',
    'invoice-not-issued':
      'Cette facture est encore un brouillon : son fichier existera une fois qu’elle sera émise.',
    'nothing-given':
      'Rien n’a été donné ni reçu cette année-là : il n’y a pas de relevé. Choisissez une autre année.',
    'nothing-sold':
      'Aucune de vos factures de ce mois ne porte sur une vente : il n’y a pas de relevé. Choisissez un autre mois.',
    'payout-unknown': 'Ce reversement n’existe pas. Revenez à la liste.',
    'period-malformed': 'Cette période n’existe pas. Choisissez un mois ou un trimestre.',
    'plant-unknown':
      'Nous ne trouvons pas cette centrale parmi les vôtres. Revenez à votre production.',
    'reminder-unknown': 'Ce rappel de paiement n’existe pas. Rechargez la liste.',
    'report-period-malformed':
      'Cette période de déclaration n’existe pas. Choisissez un mois, une dizaine de jours ou deux mois.',
    'seller-unknown':
      'Nous ne trouvons pas ce vendeur. Si c’est vous, écrivez à votre coopérative.',
    'siren-missing':
      'Le SIREN de ce vendeur n’est pas enregistré, et ce fichier en a besoin. Donnez-le à votre coopérative.',
    'write-off-unknown': 'Cette créance abandonnée n’existe pas. Rechargez la liste.',
  },
  {
    'another-person-needed':
      'You asked for this change of account: another person has to confirm it. Else it is used after 72 hours.',
    'collects-for-itself':
      'By this change two members would collect for each other: write to your co-op.',
    'convention-missing':
      'A public body lets others collect for it only by a signed convention. Say when it was signed and where it is on file.',
    'creditor-change-unknown':
      'This change of account no longer waits: it is done, it was refused, or another one replaced it.',
    'creditor-missing':
      'Your bank account as a seller is not recorded yet. Ask your organiser for it.',
    'customer-unknown': 'We find no such customer. Go back to the list.',
    'invoice-not-issued':
      'This invoice is still a draft: its file will be there once it is issued.',
    'nothing-given':
      'Nothing was given or received in that year: there is no statement. Choose another year.',
    'nothing-sold':
      'None of your invoices of this month is of a sale: there is no statement. Choose another month.',
    'payout-unknown': 'There is no such payout. Go back to the list.',
    'period-malformed': 'There is no such period. Choose a month or a quarter.',
    'plant-unknown': 'We find no such plant among yours. Go back to your production.',
    'reminder-unknown': 'There is no such reminder of payment. Reload the list.',
    'report-period-malformed':
      'There is no such period of reporting. Choose a month, ten days of it, or two months.',
    'seller-unknown': 'We find no such seller. If it is you, write to your co-op.',
    'siren-missing':
      'The SIREN of this seller is not recorded, and this file needs it. Tell it to your co-op.',
    'write-off-unknown': 'There is no such write-off. Reload the list.',
  },
);
